// What Mastodon's replies mean: plain functions from a reply to an outcome. Error texts may
// be translated, so only the status counts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "connectors/connector.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::mastodon {

/// The outcome of `POST /api/v1/statuses`. `published` only with the post's id in the reply; `unknown` for every 5xx
/// and for every reply that did not come whole or makes no sense. A 500 also comes when a key is used again, and is no
/// proof that nothing is live.
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// What the server made of the post's visibility ("unlisted" of an account that its moderators have limited); empty
/// when it does not say.
std::string visibility_in(const egress_reply& reply);

/// What a reply that is no success makes of a harmless step: never `unknown`.
domain::outcome problem_of(const egress_reply& reply, base::timestamp now);

/// "posts", from the X-RateLimit headers; the reset is a time, not a number. Headers that are missing or make no sense
/// are left out.
std::vector<budget_report> read_budgets(const egress_reply& reply, base::timestamp now);

/// A status of a list, as far as it matters here.
struct listed_status {
  std::string id;
  std::string url;      // may be empty
  std::string content;  // HTML
  std::string spoiler;
  std::string reply_to;  // empty: none
  std::vector<std::string> media_ids;
  base::timestamp created_at;
};

/// A page of `GET /api/v1/accounts/{id}/statuses`; nothing when the body is none.
std::optional<std::vector<listed_status>> read_statuses(const std::string& body);

/// An uploaded medium.
struct uploaded_media {
  std::string id;
  bool is_ready = false;
};

/// What `POST /api/v2/media` (200, 202) or `GET /api/v1/media/{id}` (200, 206) says; nothing when the reply is no
/// success.
std::optional<uploaded_media> read_media(const egress_reply& reply);

}  // namespace pulse::connectors::mastodon
