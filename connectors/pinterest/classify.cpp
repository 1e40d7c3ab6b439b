#include "connectors/pinterest/classify.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/shared/oauth.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::pinterest {

namespace {

using domain::outcome;
using domain::outcome_kind;

/// Pinterest's error: `{"code":8,"message":"…"}`. The code is Pinterest's own, and not always the status.
struct problem {
  std::int64_t code = 0;
  std::string words;
};

constexpr std::int64_t authentication_failed = 2;
constexpr std::int64_t too_many_calls = 8;
constexpr std::int64_t access_refused = 29;
constexpr std::int64_t board_not_found = 40;
constexpr std::chrono::minutes short_pause{1};
constexpr char between = '\x1f';

problem read_problem(const std::string& body) {
  const auto object = object_of(body);
  if (!object) return {};
  const auto* code = object->if_contains("code");
  return {code != nullptr && code->is_int64() ? code->get_int64() : 0, text_at(*object, "message")};
}

outcome made(outcome_kind kind, std::string reason, const problem& error) {
  return {.kind = kind, .reason = std::move(reason) + quoted("Pinterest", error.words)};
}

/// The number that a structured header begins with: `X-RateLimit-Limit: 100, 100;w=1;name="…"`.
std::optional<std::int64_t> leading_number(const egress_reply& reply, std::string_view name) {
  const auto text = reply.find(name);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  constexpr std::int64_t a_billion = 1'000'000'000;
  if (error != std::errc{} || end == text->data() || value < 0 || value > a_billion) return std::nullopt;
  return value;
}

std::optional<base::timestamp> reset_in(const egress_reply& reply, base::timestamp now) {
  const auto seconds = leading_number(reply, "x-ratelimit-reset");
  if (!seconds) return std::nullopt;
  return now + std::min<std::chrono::seconds>(std::chrono::seconds{*seconds}, farthest_retry_after);
}

outcome limited(const egress_reply& reply, const problem& error, base::timestamp now) {
  auto result = made(outcome_kind::rate_limited, "Pinterest asks for a pause.", error);
  result.retry_at = retry_after_in(reply, now);
  if (!result.retry_at) result.retry_at = reset_in(reply, now);
  if (!result.retry_at) result.retry_at = now + short_pause;
  return result;
}

/// A whole reply that refuses; nothing was published.
outcome refused(const egress_reply& reply, base::timestamp now) {
  const auto error = read_problem(reply.body);
  if (reply.status == 429 || error.code == too_many_calls) return limited(reply, error, now);
  switch (reply.status) {
    case 401:
      return made(outcome_kind::auth_expired,
                  "Pinterest no longer accepts the access to this account. Connect the account again.", error);
    case 403:
      if (error.code == authentication_failed)
        return made(outcome_kind::auth_expired,
                    "Pinterest no longer accepts the access to this account. Connect the account again.", error);
      return made(outcome_kind::permission,
                  "Pinterest does not let the account pin to this board. Check that the board is the account's, and "
                  "that the app has standard access.",
                  error);
    case 404:
      return made(outcome_kind::permission,
                  "Pinterest has no such board any more, or it is not the account's. Connect another board.", error);
    case 409: {
      auto result = made(outcome_kind::transient, "Pinterest was busy with the same board.", error);
      result.retry_at = retry_after_in(reply, now);
      return result;
    }
    default: break;
  }
  if (error.code == board_not_found || error.code == access_refused)
    return made(outcome_kind::permission, "Pinterest does not let the account pin to this board.", error);
  if (error.words.find("reach the URL") != std::string::npos)
    return made(outcome_kind::invalid, "Pinterest could not fetch the image. Its address must be public.", error);
  return made(outcome_kind::invalid, "Pinterest refused the pin.", error);
}

bool is_id(std::string_view id) {
  constexpr std::size_t most_digits = 25;
  return !id.empty() && id.size() <= most_digits &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "2020-01-01T20:10:40", without a zone: it is UTC.
std::optional<base::timestamp> read_time(std::string text) {
  if (auto at = read_graph_time(text)) return at;
  return base::parse_timestamp(text + "Z");
}

}  // namespace

outcome problem_of(const egress_reply& reply, step which, base::timestamp now) {
  outcome result;
  if (reply.how_far == progress::no_byte_sent) {
    result = {.kind = outcome_kind::transient, .reason = "Pinterest could not be reached. " + reply.error};
  } else if (reply.how_far == progress::complete && reply.status >= 300 && reply.status < 400) {
    result = {.kind = outcome_kind::transient,
              .reason =
                  "Pinterest's address answered with a redirect, which is not followed. Check the address of "
                  "Pinterest's API in the settings."};
  } else if (reply.how_far == progress::complete && reply.status >= 400 && reply.status < 500 && reply.status != 408) {
    result = refused(reply, now);
  } else {
    result.kind = which == step::publishing ? outcome_kind::unknown : outcome_kind::transient;
    if (reply.how_far == progress::complete) result.retry_at = retry_after_in(reply, now);
    result.reason = reply.how_far == progress::complete
                        ? fmt::format("Pinterest answered {}, which does not tell what it did.", reply.status)
                        : "Pinterest's reply did not arrive. " + reply.error;
  }
  result.http_status = reply.status;
  return result;
}

outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  const bool is_success = reply.how_far == progress::complete && (reply.status == 201 || reply.status == 200);
  if (!is_success) return problem_of(reply, step::publishing, now);
  const auto object = object_of(reply.body);
  const auto id = object ? id_at(*object, "id") : std::string{};
  outcome result{.http_status = reply.status};
  if (!is_id(id)) {
    result.reason = "Pinterest accepted the pin, but its reply does not name it.";
    return result;
  }
  result.kind = outcome_kind::published;
  result.external_id = id;
  result.external_url = pin_url(id);
  result.reason = "Published on Pinterest.";
  return result;
}

std::vector<budget_report> budgets_of(const egress_reply& reply, base::timestamp now) {
  if (reply.how_far != progress::complete) return {};
  const auto limit = leading_number(reply, "x-ratelimit-limit");
  const auto remaining = leading_number(reply, "x-ratelimit-remaining");
  const auto resets_at = reset_in(reply, now);
  if (!limit || *limit == 0 || !remaining || !resets_at) return {};
  return {{"calls", static_cast<int>(*limit), static_cast<int>(*remaining), *resets_at}};
}

std::string pin_words(std::string_view title, std::string_view description, std::string_view link) {
  return comparable_text(title) + between + comparable_text(description) + between + std::string{link};
}

std::string description_in(std::string_view words) {
  const auto begin = words.find(between);
  if (begin == words.npos) return std::string{words};
  const auto end = words.find(between, begin + 1);
  return std::string{words.substr(begin + 1, end == words.npos ? words.npos : end - begin - 1)};
}

std::optional<list_page> read_pins(const std::string& body) {
  const auto document = object_of(body);
  const auto* items = document ? document->if_contains("items") : nullptr;
  if (items == nullptr || !items->is_array()) return std::nullopt;
  list_page page;
  for (const auto& entry : items->get_array()) {
    if (!entry.is_object()) return std::nullopt;
    const auto& object = entry.get_object();
    const auto at = read_time(text_at(object, "created_at"));
    auto id = id_at(object, "id");
    if (!is_id(id) || !at) return std::nullopt;
    auto url = pin_url(id);
    page.items.push_back({std::move(id),
                          pin_words(text_at(object, "title"), text_at(object, "description"), text_at(object, "link")),
                          std::move(url), *at});
  }
  page.next = text_at(*document, "bookmark");
  return page;
}

std::string pin_url(std::string_view id) { return fmt::format("https://www.pinterest.com/pin/{}/", id); }

}  // namespace pulse::connectors::pinterest
