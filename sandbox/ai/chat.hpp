// The stand-ins for OpenAI and OpenRouter: POST …/chat/completions, strictly, with all their errors.
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

/// Found below /openai/ and /openrouter/. The keys `sandbox-openai-key` and `sandbox-openrouter-key` are always good. Models whose names hold
/// "missing" are not there, and those that hold "reasoning" take no temperature.
class chat_platform final : public platform {
 public:
  explicit chat_platform(protocol speaks);

  std::string_view name() const override;
  bool owns(std::string_view) const override { return false; }
  std::string account_of(const http::server::request& request) const override;
  verdict answer(const http::server::request& request, base::timestamp now) override;
  http::server::response failure(int status) const override;

  /// `{"user_id": "org-1"}`: a key and whose it is.
  complaint add_account(const boost::json::object& command, const std::string& token_hash) override;

  /// What the model is, and what the next answers are, before the model is asked again:
  /// `{"model": "usual" | "obedient", "most_told": 200, "answers": [{"content": "…"}, {"repeat": "x", "times": 100000}, {"refusal": "…"},
  /// {"finish_reason": "length"}, {"raw": "<html>"}, {"status": 429, "code": "insufficient_quota", "retry_after": 3, "in_200": true}]}`.
  /// Answers are put behind those that wait; an empty list forgets these.
  complaint set_limits(const boost::json::object& command) override;
  void replay(const boost::json::object&, base::timestamp) override {}
  boost::json::object state() const override;

 private:
  using request = http::server::request;
  struct error {
    int status = 400;
    std::string message;
    std::string code;
    std::string param;
  };

  std::string completions_path() const;
  verdict complete(const request& asked, const boost::json::object& body, base::timestamp now);
  std::optional<error> check(const boost::json::object& body) const;
  std::optional<error> check_format(const boost::json::object& format) const;
  http::server::response failed(const error& what) const;
  http::server::response told(const boost::json::object& answer, const boost::json::object& body, std::string content,
                              base::timestamp now) const;
  verdict from_list(const boost::json::object& next, const boost::json::object& body, base::timestamp now);

  const protocol speaks_;
  std::map<std::string, std::string> accounts_by_key_;  // by the key's hash
  std::deque<boost::json::object> answers_;
  temper model_ = temper::usual;
  std::size_t most_told_ = 200;
  std::uint64_t last_id_ = 0;
  std::uint64_t answered_ = 0;
};

}  // namespace pulse::sandbox::ai
