// What LinkedIn's replies mean: plain functions from a reply to the engine's words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::linkedin {

/// The outcome of `POST /rest/posts`. `published` only with 201 and the post's URN in `x-restli-id`; `unknown` for a 201
/// without one, for every 5xx and for every reply that did not come whole, because LinkedIn may have published: sending again
/// tells (see `linkedin_connector::reconcile`).
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// What the reply of a call that publishes nothing (uploading) makes of the attempt; nothing when it succeeded. Never
/// `unknown`.
std::optional<domain::outcome> classify_step(const egress_reply& reply, base::timestamp now);

/// The first URN of a post in `text` (a share, ugcPost or activity, with a number); nothing when there is none. A person's
/// URN is no post.
std::optional<std::string> post_urn_in(std::string_view text);

/// Where a post can be seen: "https://www.linkedin.com/feed/update/urn:li:share:1/".
std::string post_url(std::string_view urn);

/// Whether bytes and token may be sent to an upload address that LinkedIn named: it is where `base_url` is, or https at
/// linkedin.com or below it.
bool is_upload_url(std::string_view url, std::string_view base_url);

}  // namespace pulse::connectors::linkedin
