// The stand-ins for OpenAI and OpenRouter: a strict POST …/chat/completions with all its errors.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "sandbox/ai/model.hpp"
#include "sandbox/core/platform.hpp"

namespace pulse::sandbox::ai {

enum class protocol { openai, openrouter };

/// Served below /openai/ and /openrouter/. The keys `sandbox-openai-key` and `sandbox-openrouter-key` are always valid.
/// Models whose names contain "missing" do not exist, and those with "reasoning" accept no temperature.
class chat_platform final : public platform {
 public:
  explicit chat_platform(protocol speaks);

  std::string_view name() const override;
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "org-1"}`: a key and its owner.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;

  /// Sets the model and the next answers, which come before the model is asked again: `{"model": "usual" | "obedient",
  /// "most_told": 200, "answers": [{"content": "…"}, {"repeat": "x", "times": 100000}, {"refusal": "…"},
  /// {"finish_reason": "length"}, {"raw": "<html>"}, {"status": 429, "code": "insufficient_quota", "retry_after": 3,
  /// "in_200": true}]}`. Answers are queued behind waiting ones; an empty list clears the queue.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object&, base::timestamp) override {}
  boost::json::object state() const override;

 private:
  struct error {
    int status = 400;
    std::string message;
    std::string code;
    std::string param;
  };

  std::string completions_path() const;
  verdict complete(const http::server::request& request, const boost::json::object& body, base::timestamp now);
  std::optional<error> check(const boost::json::object& body) const;
  std::optional<error> check_format(const boost::json::object& format) const;
  http::server::response failed(const error& what) const;
  http::server::response told(const boost::json::object& answer, const boost::json::object& body, std::string content,
                              base::timestamp now) const;
  verdict from_list(const boost::json::object& next, const boost::json::object& body, base::timestamp now);

  const protocol speaks_;
  std::map<std::string, std::string> accounts_by_key_;  // by the hash of the key
  std::deque<boost::json::object> answers_;
  temper model_ = temper::usual;
  std::size_t most_told_ = 200;
  std::uint64_t last_id_ = 0;
  std::uint64_t answered_ = 0;
};

}  // namespace pulse::sandbox::ai
