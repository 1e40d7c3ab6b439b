// The meaning of LinkedIn's replies: pure functions from a reply to an outcome.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::linkedin {

/// The outcome of `POST /rest/posts`. `published` only with 201 and the post's URN in `x-restli-id`. `unknown` for a
/// 201 without one, for every 5xx and for every incomplete reply, because LinkedIn may have published: sending again
/// tells (see `linkedin_connector::reconcile`).
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// The outcome of the attempt after a failed call that publishes nothing (uploading); nothing if the call succeeded.
/// Never `unknown`.
std::optional<domain::outcome> classify_step(const egress_reply& reply, base::timestamp now);

/// The first URN of a post in `text` (a share, ugcPost or activity, with a number); nothing if there is none. A
/// person's URN is not a post.
std::optional<std::string> post_urn_in(std::string_view text);

/// The public address of a post: "https://www.linkedin.com/feed/update/urn:li:share:1/".
std::string post_url(std::string_view urn);

/// Whether bytes and token may be sent to an upload address that LinkedIn named: it has the origin of `base_url`, or is
/// https at linkedin.com or below it.
bool is_upload_url(std::string_view url, std::string_view base_url);

}  // namespace pulse::connectors::linkedin
