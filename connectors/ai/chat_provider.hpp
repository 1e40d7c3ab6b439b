// OpenAI and OpenRouter: chat completions over the egress client, with retries by the class of the failure.
#pragma once

#include <chrono>
#include <string>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "connectors/ai/provider.hpp"
#include "connectors/ai/reading.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/text/leaks.hpp"

namespace pulse::connectors::ai {

struct chat_options {
  dialect speaks = dialect::openai;
  std::string base_url;  // "https://api.openai.com/v1", without a slash at the end
  base::secret key;
  std::string model;
  double temperature = 0.2;
  std::chrono::milliseconds timeout{30'000};  // of all tries together
  tariff prices;
  std::chrono::milliseconds first_pause{500};  // before the second try; doubled before the third
};

class chat_provider final : public provider {
 public:
  /// Tries of one request.
  static constexpr int max_tries = 3;
  /// How many of the retries may follow an unusable answer: each is paid for.
  static constexpr int max_unusable_answers = 2;
  /// A Retry-After longer than this is not waited for.
  static constexpr std::chrono::milliseconds longest_wait{10'000};
  static constexpr std::size_t max_reply_bytes = 512 * 1024;

  /// Client and clock must outlive it and every call.
  chat_provider(chat_options how, egress& client, const base::clock& clock);

  void complete(request asked, callback done) override;
  std::string_view name() const override;
  const std::string& default_model() const override { return how_.model; }
  estimate at_most(const request& asked) const override;

 private:
  struct asking;  // one question, through its tries
  egress_request to_http(const asking& one) const;
  void try_once(std::shared_ptr<asking> one);
  void read(std::shared_ptr<asking> one, const egress_reply& got);
  std::string body_of(const request& asked, bool has_temperature) const;
  /// How long to wait before another try; nothing: there is none.
  std::optional<std::chrono::milliseconds> pause_before_next(const asking& one, const failure& why) const;

  const chat_options how_;
  domain::confidences secrets_;  // the key, and what every prompt begins with
  egress& client_;
  const base::clock& clock_;
};

}  // namespace pulse::connectors::ai
