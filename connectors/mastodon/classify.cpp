#include "connectors/mastodon/classify.hpp"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

#include "connectors/mastodon/instance.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::mastodon {

namespace {

using domain::outcome;
using domain::outcome_kind;

constexpr std::string_view platform = "The server";
constexpr std::size_t longest_url = 2'000;

std::string words_of(const egress_reply& reply) {
  const auto object = object_of(reply.body);
  return object ? quoted(platform, text_at(*object, "error")) : std::string{};
}

/// Addresses are shown to people, so only the web's are taken.
std::string usable_url(std::string url) {
  const bool is_web =
      url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
  return is_web && url.size() <= longest_url ? url : std::string{};
}

std::optional<base::timestamp> reset_in(const egress_reply& reply, base::timestamp now) {
  const auto told = reply.find("x-ratelimit-reset");
  const auto at = told ? base::parse_timestamp(std::string{*told}) : std::nullopt;
  if (!at || *at > now + farthest_retry_after) return std::nullopt;
  return std::max(*at, now);
}

std::optional<base::timestamp> retry_time(const egress_reply& reply, base::timestamp now) {
  const auto after = retry_after_in(reply, now);
  const auto reset = reset_in(reply, now);
  if (after && reset) return std::max(*after, *reset);
  return after ? after : reset;
}

outcome published(const egress_reply& reply) {
  outcome made;
  const auto object = object_of(reply.body);
  const auto id = object ? text_at(*object, "id") : std::string{};
  // A scheduled post has an id of another kind, and is not live.
  if (!is_id(id) || object->if_contains("scheduled_at") != nullptr) {
    made.reason = "The server accepted the post, but its reply does not name it; whether it is live must be looked up.";
    return made;
  }
  made.kind = outcome_kind::published;
  made.external_id = id;
  if (auto url = usable_url(text_at(*object, "url")); !url.empty()) made.external_url = std::move(url);
  made.reason = "Published on Mastodon.";
  return made;
}

/// A whole reply that refuses: nothing was published by it.
outcome refused(const egress_reply& reply, base::timestamp now) {
  outcome made;
  switch (reply.status) {
    case 401:
      made.kind = outcome_kind::auth_expired;
      made.reason = "The server no longer accepts the access to this account. Connect the account again.";
      break;
    case 403:
      made.kind = outcome_kind::permission;
      made.reason =
          "The server does not let this account do that. Check the account there, and connect it again with all that "
          "is asked for.";
      break;
    case 404:
      made.kind = outcome_kind::invalid;
      made.reason = "The server does not find what the post refers to.";
      break;
    case 408:
      made.reason = "The server gave up waiting for the request; whether the post is live must be looked up.";
      break;
    case 409:
    case 425:
      made.kind = outcome_kind::transient;
      made.retry_at = retry_time(reply, now);
      made.reason = "The server was not ready for the post.";
      break;
    case 410:
      made.kind = outcome_kind::transient;
      made.reason = "The server says that the account, or itself, is gone. Check the account there.";
      break;
    case 413:
      made.kind = outcome_kind::invalid;
      made.reason = "The server finds it too large.";
      break;
    case 422:
      made.kind = outcome_kind::invalid;
      made.reason = "The server refuses the post as it is.";
      break;
    case 429:
      made.kind = outcome_kind::rate_limited;
      made.retry_at = retry_time(reply, now);
      made.reason = "The server allows this account no more for now.";
      break;
    default: made.kind = outcome_kind::invalid; made.reason = "The server refused the request.";
  }
  made.reason += words_of(reply);
  return made;
}

outcome classify(const egress_reply& reply, base::timestamp now) {
  outcome made;
  switch (reply.how_far) {
    case progress::no_byte_sent:
      made.kind = reply.address_refused ? outcome_kind::permission : outcome_kind::transient;
      made.reason = "The account's server could not be reached. " + reply.error;
      return made;
    case progress::bytes_may_have_left:
      made.reason =
          "The server may have received the post, but its reply did not arrive; whether it is live must be looked "
          "up. " +
          reply.error;
      return made;
    case progress::complete: break;
  }
  if (reply.status >= 200 && reply.status < 300) return published(reply);
  if (reply.status >= 400 && reply.status < 500) return refused(reply, now);
  if (reply.status >= 300 && reply.status < 400) {
    made.kind = outcome_kind::transient;
    made.reason =
        "The server's address leads elsewhere, which is not followed. Connect the account again with the server's own "
        "address.";
    return made;
  }
  made.retry_at = retry_after_in(reply, now);
  made.reason = fmt::format(
      "The server answered with an error of its own ({}); whether the post is live must be looked up.", reply.status);
  return made;
}

}  // namespace

domain::outcome classify_publish(const egress_reply& reply, base::timestamp now) {
  auto made = classify(reply, now);
  made.http_status = reply.status;
  return made;
}

std::string visibility_in(const egress_reply& reply) {
  const auto object = object_of(reply.body);
  return object ? text_at(*object, "visibility") : std::string{};
}

domain::outcome problem_of(const egress_reply& reply, base::timestamp now) {
  auto made = classify_publish(reply, now);
  if (made.kind == outcome_kind::unknown || made.kind == outcome_kind::published) {
    made.kind = outcome_kind::transient;
    made.external_id.reset();
    made.reason = "The server did not answer as it should";
    made.reason += reply.how_far == progress::complete ? fmt::format(" ({}).", reply.status) : ". " + reply.error;
  }
  return made;
}

std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now) {
  const auto limit = number_in(reply, "x-ratelimit-limit");
  const auto remaining = number_in(reply, "x-ratelimit-remaining");
  const auto reset = reset_in(reply, now);
  constexpr std::int64_t most = 1'000'000'000;
  if (!limit || !remaining || !reset || *limit > most || *remaining > *limit) return {};
  return {budget_report{"posts", static_cast<int>(*limit), static_cast<int>(*remaining), *reset}};
}

std::optional<std::vector<listed_status>> read_statuses(const std::string& body) {
  boost::json::error_code failed;
  const auto document = boost::json::parse(body, failed);
  if (failed || !document.is_array()) return std::nullopt;
  std::vector<listed_status> made;
  for (const auto& each : document.get_array()) {
    if (!each.is_object()) return std::nullopt;
    const auto& object = each.get_object();
    const auto at = base::parse_timestamp(text_at(object, "created_at"));
    listed_status one{.id = text_at(object, "id"),
                      .url = usable_url(text_at(object, "url")),
                      .content = text_at(object, "content"),
                      .spoiler = text_at(object, "spoiler_text"),
                      .reply_to = text_at(object, "in_reply_to_id"),
                      .media_ids = {},
                      .created_at = at.value_or(base::timestamp{})};
    if (!is_id(one.id) || !at) return std::nullopt;
    const auto* media = object.if_contains("media_attachments");
    if (media != nullptr && media->is_array()) {
      for (const auto& medium : media->get_array()) {
        if (medium.is_object()) one.media_ids.push_back(text_at(medium.get_object(), "id"));
      }
    }
    made.push_back(std::move(one));
  }
  return made;
}

std::optional<uploaded_media> read_media(const egress_reply& reply) {
  if (reply.how_far != progress::complete || (reply.status != 200 && reply.status != 202 && reply.status != 206))
    return std::nullopt;
  const auto object = object_of(reply.body);
  auto id = object ? text_at(*object, "id") : std::string{};
  if (!is_id(id)) return std::nullopt;
  return uploaded_media{std::move(id), reply.status == 200};
}

}  // namespace pulse::connectors::mastodon
