#include "connectors/bluesky/classify.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/bluesky/identity.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::bluesky {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::string_view platform = "Bluesky";
constexpr std::chrono::seconds renewal_takes{60};

std::string words_of(const egress_reply& reply) {
  const auto object = object_of(reply.body);
  return object ? quoted(platform, text_at(*object, "message")) : std::string{};
}

std::optional<base::timestamp> reset_in(const egress_reply& reply, base::timestamp now) {
  const auto reset = number_in(reply, "ratelimit-reset");
  const auto now_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (!reset || *reset > now_s + std::chrono::seconds{farthest_retry_after}.count()) return std::nullopt;
  return std::max(now, base::timestamp{std::chrono::seconds{*reset}});
}

/// "5000;w=3600" → 3600; 0 when it says nothing.
std::int64_t window_in(const egress_reply& reply) {
  const auto policy = reply.find("ratelimit-policy").value_or("");
  const auto at = policy.find("w=");
  std::int64_t seconds = 0;
  if (at != policy.npos) std::from_chars(policy.data() + at + 2, policy.data() + policy.size(), seconds);
  return seconds;
}

outcome made_of(outcome_kind kind, std::string reason, std::optional<base::timestamp> retry_at = std::nullopt) {
  return {.kind = kind, .retry_at = retry_at, .reason = std::move(reason)};
}

/// 400 and 401 by the name of the error.
std::optional<outcome> named(const std::string& error, base::timestamp now) {
  if (error == "ExpiredToken")
    return made_of(outcome_kind::transient, "The access to the account at Bluesky has run out and is being renewed.",
                   now + renewal_takes);
  if (error == "InvalidToken" || error == "AuthMissing" || error == "AuthenticationRequired" ||
      error == "invalid_token")
    return made_of(outcome_kind::auth_expired,
                   "Bluesky no longer accepts the access to this account. Connect the account again.");
  if (error == "AccountTakedown" || error == "AccountSuspended")
    return made_of(outcome_kind::permission, "Bluesky has taken the account down.");
  if (error == "AccountDeactivated") return made_of(outcome_kind::permission, "The account at Bluesky is deactivated.");
  if (error == "use_dpop_nonce") return made_of(outcome_kind::transient, "Bluesky asks for the request once more.");
  if (error == "BlobNotFound")
    return made_of(outcome_kind::transient, "Bluesky no longer has the picture; it is uploaded again.");
  if (error == "InvalidSwap")
    return made_of(outcome_kind::unknown,
                   "Something is published under the post's key already, which must be looked up.");
  return std::nullopt;
}

outcome refused(const egress_reply& reply, base::timestamp now) {
  const auto error = error_of(reply);
  if (reply.status == 400 || reply.status == 401) {
    if (auto told = named(error, now)) return std::move(*told);
  }
  switch (reply.status) {
    case 401:
      return made_of(outcome_kind::auth_expired,
                     "Bluesky no longer accepts the access to this account. Connect the account again.");
    case 403: return made_of(outcome_kind::permission, "Bluesky does not let this account do that.");
    case 408:
      return made_of(outcome_kind::unknown,
                     "The server gave up waiting for the request; whether the post is live must be looked up.");
    case 413: return made_of(outcome_kind::invalid, "The account's server finds it too large.");
    case 409:
    case 425:
      return made_of(outcome_kind::transient, "The account's server was not ready.", retry_after_in(reply, now));
    case 429: {
      auto at = retry_after_in(reply, now);
      if (!at) at = reset_in(reply, now);
      return made_of(outcome_kind::rate_limited, "Bluesky allows this account no more for now.", at);
    }
    default: return made_of(outcome_kind::invalid, "Bluesky refuses the post as it is.");
  }
}

outcome classify(const egress_reply& reply, base::timestamp now) {
  switch (reply.how_far) {
    case progress::no_byte_sent:
      return made_of(reply.address_refused ? outcome_kind::permission : outcome_kind::transient,
                     "The account's server could not be reached. " + reply.error);
    case progress::bytes_may_have_left:
      return made_of(outcome_kind::unknown,
                     "The account's server may have received the post, but its reply did not arrive; whether it is "
                     "live must be looked up. " +
                         reply.error);
    case progress::complete: break;
  }
  if (reply.status >= 400 && reply.status < 500) {
    auto made = refused(reply, now);
    made.reason += words_of(reply);
    return made;
  }
  if (reply.status == 501)
    return made_of(outcome_kind::permission, "The account's server does not know how to do that.");
  if (reply.status >= 300 && reply.status < 400)
    return made_of(outcome_kind::transient, "The account's server leads elsewhere, which is not followed.");
  return made_of(
      outcome_kind::unknown,
      fmt::format(
          "The account's server answered with an error of its own ({}); whether the post is live must be looked up.",
          reply.status),
      retry_after_in(reply, now));
}

bool is_success(const egress_reply& reply) { return reply.how_far == progress::complete && reply.status == 200; }

}  // namespace

std::string error_of(const egress_reply& reply) {
  const auto object = object_of(reply.body);
  return object ? text_at(*object, "error") : std::string{};
}

domain::outcome classify_put(const egress_reply& reply, std::string_view did, std::string_view rkey,
                             base::timestamp now) {
  if (!is_success(reply)) {
    auto made = classify(reply, now);
    made.http_status = reply.status;
    return made;
  }
  outcome made;
  made.http_status = reply.status;
  const auto object = object_of(reply.body);
  const auto uri = object ? text_at(*object, "uri") : std::string{};
  if (rkey_of(uri, did) != rkey || text_at(*object, "cid").empty()) {
    made.reason =
        "The account's server accepted the post, but its reply does not name it; whether it is live must be looked up.";
    return made;
  }
  made.kind = outcome_kind::published;
  made.external_id = uri;
  made.external_url = post_url(did, rkey);
  made.reason = "Published on Bluesky.";
  return made;
}

domain::outcome problem_of(const egress_reply& reply, base::timestamp now) {
  auto made = classify(reply, now);
  made.http_status = reply.status;
  if (made.kind == outcome_kind::unknown) {
    made.kind = outcome_kind::transient;
    made.reason = "The account's server did not answer as it should";
    made.reason += reply.how_far == progress::complete ? fmt::format(" ({}).", reply.status) : ". " + reply.error;
  }
  return made;
}

std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now) {
  auto limit = number_in(reply, "ratelimit-limit");
  auto remaining = number_in(reply, "ratelimit-remaining");
  const auto reset = reset_in(reply, now);
  constexpr std::int64_t most = 1'000'000'000;
  if (!limit || !remaining || !reset || *limit > most || *remaining > *limit) return {};
  constexpr std::int64_t points_of_put = 2;
  constexpr std::int64_t hour = 3'600;  // windows from an hour on count points, shorter ones requests
  const auto each = window_in(reply) >= hour ? points_of_put : 1;
  return {budget_report{"posts", static_cast<int>(*limit / each), static_cast<int>(*remaining / each), *reset}};
}

std::optional<std::string> blob_in(const egress_reply& reply) {
  const auto object = is_success(reply) ? object_of(reply.body) : std::nullopt;
  const auto* blob = object ? object->if_contains("blob") : nullptr;
  if (blob == nullptr || !blob->is_object()) return std::nullopt;
  const auto* link = blob->get_object().if_contains("ref");
  if (text_at(blob->get_object(), "$type") != "blob" || link == nullptr || !link->is_object()) return std::nullopt;
  if (text_at(link->get_object(), "$link").empty()) return std::nullopt;
  constexpr std::size_t most = 1'000;
  auto text = boost::json::serialize(*blob);
  return text.size() <= most ? std::optional{std::move(text)} : std::nullopt;
}

record_state record_in(const egress_reply& reply, std::string_view text) {
  if (reply.how_far != progress::complete) return record_state::unknown;
  if (reply.status == 400 && error_of(reply) == "RecordNotFound") return record_state::absent;
  const auto object = reply.status == 200 ? object_of(reply.body) : std::nullopt;
  const auto* value = object ? object->if_contains("value") : nullptr;
  if (value == nullptr || !value->is_object()) return record_state::unknown;
  return text_at(value->get_object(), "text") == text ? record_state::ours : record_state::other;
}

std::optional<listed_page> read_records(const std::string& body, std::string_view did) {
  const auto object = object_of(body);
  const auto* records = object ? object->if_contains("records") : nullptr;
  if (records == nullptr || !records->is_array()) return std::nullopt;
  listed_page page{.posts = {}, .cursor = text_at(*object, "cursor")};
  for (const auto& each : records->get_array()) {
    const auto* value = each.is_object() ? each.get_object().if_contains("value") : nullptr;
    if (value == nullptr || !value->is_object()) return std::nullopt;
    const auto uri = text_at(each.get_object(), "uri");
    const auto rkey = rkey_of(uri, did);
    const auto at = base::parse_timestamp(text_at(value->get_object(), "createdAt"));
    if (rkey.empty() || !at) continue;  // made by another program, which need not keep to the form
    page.posts.push_back({uri, post_url(did, rkey), text_at(value->get_object(), "text"), *at});
  }
  return page;
}

}  // namespace pulse::connectors::bluesky
