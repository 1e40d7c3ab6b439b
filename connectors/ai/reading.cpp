#include "connectors/ai/reading.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/core.h>

#include "base/clean_text.hpp"
#include "connectors/ai/schema.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::ai {

namespace {

using namespace std::chrono_literals;
using kind = failure_kind;

/// The pause when a provider asks to wait without saying how long.
constexpr std::chrono::seconds unsaid_patience{20};
constexpr std::size_t max_word = 48;
constexpr std::size_t max_model_bytes = 200;
constexpr std::int64_t max_told_tokens = 10'000'000;
constexpr double max_told_usd = 1'000;

/// Only short words of the provider are quoted.
std::string word_at(const boost::json::object& object, std::string_view name) {
  auto word = text_at(object, name);
  const bool is_word = !word.empty() && word.size() <= max_word && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
  return is_word ? word : std::string{};
}

const boost::json::object* object_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_object();
}

std::int64_t count_at(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_number()) return 0;
  boost::json::error_code failed;
  const auto count = value->to_number<std::int64_t>(failed);
  return failed ? 0 : std::clamp<std::int64_t>(count, 0, max_told_tokens);
}

struct spent {
  std::int64_t in = 0;
  std::int64_t out = 0;
  std::int64_t cost_micro_usd = 0;
};

spent at_most(const how_to_read& how, const request& asked) {
  const auto out = std::min<std::int64_t>(asked.most_tokens, how.at_most.tokens);
  return {how.at_most.tokens - out, out, how.at_most.cost_micro_usd};
}

/// The usage that the reply reports; where it reports none, the most that it may have used.
spent used_by(const boost::json::object& document, const request& asked, const how_to_read& how) {
  const auto* usage = object_at(document, "usage");
  if (usage == nullptr) return at_most(how, asked);
  spent made{count_at(*usage, "prompt_tokens"), count_at(*usage, "completion_tokens"), 0};
  if (made.in + made.out == 0) return at_most(how, asked);
  made.cost_micro_usd = cost_of(how.prices, made.in, made.out);
  const auto* cost = usage->if_contains("cost");
  if (how.speaks != dialect::openrouter || cost == nullptr || !cost->is_number()) return made;
  boost::json::error_code failed;
  const auto usd = cost->to_number<double>(failed);
  if (!failed && std::isfinite(usd) && usd >= 0)
    made.cost_micro_usd = static_cast<std::int64_t>(std::ceil(std::min(usd, max_told_usd) * 1e6 - 1e-6));
  return made;
}

failure failed(kind why, std::string more, const spent& used = {}) {
  failure made{.kind = why, .reason = std::string{sentence(why)}};
  if (!more.empty()) made.reason += " " + std::move(more);
  made.tokens_in = static_cast<int>(used.in);
  made.tokens_out = static_cast<int>(used.out);
  made.cost_micro_usd = used.cost_micro_usd;
  return made;
}

std::optional<base::timestamp> retry_at(const egress_reply& got, base::timestamp now) {
  if (const auto ms = number_in(got, "retry-after-ms"))
    return now + std::min<std::chrono::milliseconds>(farthest_retry_after, std::chrono::milliseconds{*ms});
  if (const auto at = retry_after_in(got, now)) return at;
  if (const auto at_ms = number_in(got, "x-ratelimit-reset")) {
    const base::timestamp at{std::chrono::milliseconds{*at_ms}};
    if (at >= now && at <= now + farthest_retry_after) return at;
  }
  std::optional<base::timestamp> latest;
  for (const auto& [left, reset] : {std::pair{"x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
                                    std::pair{"x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"}}) {
    const auto text = got.find(reset);
    const auto wait = number_in(got, left) == 0 && text ? read_go_duration(*text) : std::nullopt;
    if (wait && (!latest || *latest < now + *wait)) latest = now + *wait;
  }
  return latest;
}

bool is_out_of_credit(std::string_view word) {
  return word == "insufficient_quota" || word == "billing_hard_limit_reached" || word == "billing_not_active" ||
         word == "insufficient_credits";
}

/// The error object's own words: `type` and `code` at OpenAI, `metadata.error_type` at OpenRouter.
struct error_words {
  std::string type;
  std::string code;
  bool is_moderation = false;  // OpenRouter names what was flagged
};

error_words words_of(const boost::json::object& document) {
  const auto* error = object_at(document, "error");
  if (error == nullptr) return {};
  error_words made{word_at(*error, "type"), word_at(*error, "code"), false};
  const auto* metadata = object_at(*error, "metadata");
  if (metadata == nullptr) return made;
  if (made.code.empty()) made.code = word_at(*metadata, "error_type");
  made.is_moderation = metadata->contains("reasons") || metadata->contains("flagged_input");
  return made;
}

std::string told(int status, const error_words& words) {
  std::string made = "It answered " + std::to_string(status);
  const auto& word = words.code.empty() ? words.type : words.code;
  return made + (word.empty() ? "." : fmt::format(" ({}).", word));
}

failure refused_400(const error_words& words, int status) {
  const auto& code = words.code;
  if (code == "context_length_exceeded" || code == "string_above_max_length")
    return failed(kind::too_large, told(status, words));
  if (code == "content_policy_violation" || code == "content_filter" || code == "refusal")
    return failed(kind::declined, told(status, words));
  return failed(kind::refused_by_provider, told(status, words));
}

/// The table of both providers' errors; see the tests for every row.
failure read_error(int status, const error_words& words, const egress_reply& got, const request& asked,
                   const how_to_read& how) {
  switch (status) {
    case 400:
    case 422: return refused_400(words, status);
    case 401: return failed(kind::refused_by_provider, fmt::format("{} Check {}.", told(401, words), how.key_setting));
    case 402: return failed(kind::quota_final, told(402, words));
    case 403:
      if (words.is_moderation) return failed(kind::declined, told(403, words));
      return failed(kind::refused_by_provider, told(403, words));
    case 404:
      return failed(kind::refused_by_provider, fmt::format("{} Check {}.", told(404, words), how.model_setting));
    case 408:
    case 504:
    case 524: return failed(kind::timeout, told(status, words), at_most(how, asked));
    case 413: return failed(kind::too_large, told(413, words));
    case 429: {
      if (is_out_of_credit(words.code) || is_out_of_credit(words.type))
        return failed(kind::quota_final, told(429, words));
      auto made = failed(kind::rate_limited, told(429, words));
      made.retry_at = retry_at(got, how.now).value_or(how.now + unsaid_patience);
      return made;
    }
    default: break;
  }
  if (status == 409 || status >= 500) {
    auto made = failed(kind::unreachable, told(status, words));
    made.retry_at = retry_at(got, how.now);
    return made;
  }
  return failed(kind::malformed, told(status, words), at_most(how, asked));
}

failure read_broken(const egress_reply& got, const request& asked, const how_to_read& how) {
  if (got.how_far == progress::no_byte_sent) return failed(kind::unreachable, got.error);
  if (got.too_large) return failed(kind::too_large, "Its answer was not read to the end.", at_most(how, asked));
  return failed(kind::timeout, "The connection ended before the answer was complete.", at_most(how, asked));
}

/// Models like to put JSON into a fence of Markdown.
std::string_view without_fence(std::string_view text) {
  const auto cut = [&text] {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\r'))
      text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  };
  cut();
  if (!text.starts_with("```") || !text.ends_with("```") || text.size() < 7) return text;
  text.remove_suffix(3);
  text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  cut();
  return text;
}

answer read_choice(const boost::json::object& document, const request& asked, const how_to_read& how) {
  const auto used = used_by(document, asked, how);
  const auto* choices = document.if_contains("choices");
  if (choices == nullptr || !choices->is_array() || choices->get_array().empty() ||
      !choices->get_array().front().is_object())
    return failed(kind::malformed, "It has no choice.", used);
  const auto& choice = choices->get_array().front().get_object();
  const auto ended = word_at(choice, "finish_reason");
  if (ended == "content_filter") return failed(kind::declined, "A filter cut its answer off.", used);
  if (ended == "error") return failed(kind::unreachable, "It failed while it answered.", used);
  if (ended == "length") return failed(kind::too_large, "Its answer was cut off for its length.", used);
  const auto* message = object_at(choice, "message");
  if (message == nullptr) return failed(kind::malformed, "It has no message.", used);
  if (!text_at(*message, "refusal").empty()) return failed(kind::declined, {}, used);
  const auto content = text_at(*message, "content");
  if (content.empty()) return failed(kind::malformed, "It is empty.", used);
  auto value = object_of(std::string{without_fence(content)});
  if (!value) return failed(kind::malformed, "It is no JSON object.", used);
  if (const auto wrong = schema_problem(asked.schema, *value))
    return failed(kind::not_of_schema, fmt::format("What is wrong: {}.", *wrong), used);
  reply made;
  made.value = std::move(*value);
  made.tokens_in = static_cast<int>(used.in);
  made.tokens_out = static_cast<int>(used.out);
  made.cost_micro_usd = used.cost_micro_usd;
  made.model = base::clean_utf8(text_at(document, "model"), max_model_bytes);
  return made;
}

/// OpenRouter's errors carry their status, also in a reply of 200.
int status_of_error(const boost::json::object& document) {
  const auto* error = object_at(document, "error");
  const auto status = error == nullptr ? 0 : count_at(*error, "code");
  return status >= 400 && status <= 599 ? static_cast<int>(status) : 502;
}

}  // namespace

std::int64_t cost_of(const tariff& prices, std::int64_t tokens_in, std::int64_t tokens_out) {
  // A cent a million tokens is a hundredth of a micro dollar a token.
  return (tokens_in * prices.in_cents_per_million + tokens_out * prices.out_cents_per_million + 99) / 100;
}

provider::estimate at_most_one_try(const request& asked, std::size_t body_bytes, const tariff& prices) {
  const auto in = static_cast<std::int64_t>(body_bytes);
  return {in + asked.most_tokens, cost_of(prices, in, asked.most_tokens)};
}

answer read_reply(const egress_reply& got, const request& asked, const how_to_read& how) {
  if (got.how_far != progress::complete || got.too_large) return read_broken(got, asked, how);
  auto document = object_of(got.body);
  if (got.status < 200 || got.status >= 300)
    return read_error(got.status, document ? words_of(*document) : error_words{}, got, asked, how);
  if (!document) return failed(kind::malformed, "It is no JSON object.", at_most(how, asked));
  const auto* error = document->if_contains("error");
  if (error != nullptr && !error->is_null())
    return read_error(status_of_error(*document), words_of(*document), got, asked, how);
  return read_choice(*document, asked, how);
}

bool is_about_temperature(const egress_reply& got) {
  if (got.how_far != progress::complete || got.status != 400) return false;
  const auto document = object_of(got.body);
  const auto* error = document ? object_at(*document, "error") : nullptr;
  if (error == nullptr) return false;
  const auto code = text_at(*error, "code");
  return text_at(*error, "param") == "temperature" && (code == "unsupported_value" || code == "unsupported_parameter");
}

std::optional<std::chrono::milliseconds> read_go_duration(std::string_view text) {
  double total_ms = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    double number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (wrong != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with("ms")) {
      total_ms += number;
      text.remove_prefix(2);
    } else if (text.starts_with('h') || text.starts_with('m') || text.starts_with('s')) {
      total_ms += number * (text.front() == 'h' ? 3'600'000.0 : text.front() == 'm' ? 60'000.0 : 1'000.0);
      text.remove_prefix(1);
    } else {
      return std::nullopt;
    }
    if (!(total_ms <= 86'400'000.0)) return std::nullopt;
  }
  return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil(total_ms))};
}

}  // namespace pulse::connectors::ai
