// What a reply of a chat-completions API means: an answer, or one of the failures. Plain functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "connectors/ai/provider.hpp"
#include "connectors/egress/egress.hpp"

namespace pulse::connectors::ai {

/// The two protocols, which are one but for keys, headers, errors and who says what it cost.
enum class dialect { openai, openrouter };

/// What tokens cost, in US cents a million.
struct tariff {
  int in_cents_per_million = 0;
  int out_cents_per_million = 0;
};

/// Rounded up to whole micro dollars.
std::int64_t cost_of(const tariff& prices, std::int64_t tokens_in, std::int64_t tokens_out);

/// Of one try: no byte is less than a token. Cost as `prices` have it.
provider::estimate at_most_one_try(const request& asked, std::size_t body_bytes, const tariff& prices);

struct how_to_read {
  dialect speaks = dialect::openai;
  tariff prices;
  base::timestamp now;
  provider::estimate at_most;    // of this try; what a reply without figures is taken to have used
  std::string_view key_setting;  // "OPENAI_API_KEY": named in reasons
  std::string_view model_setting;
};

/// The answer that the reply holds, checked against the request's schema.
answer read_reply(const egress_reply& got, const request& asked, const how_to_read& how);

/// Whether a refusal is about the temperature: some models have one of their own and take no other.
bool is_about_temperature(const egress_reply& got);

/// "6m30s", "1s", "120ms", "1h2m" as a duration (Go's spelling), a day at most; nothing for anything else.
std::optional<std::chrono::milliseconds> read_go_duration(std::string_view text);

}  // namespace pulse::connectors::ai
