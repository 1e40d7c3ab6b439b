// What Instagram's replies mean: plain functions from a reply to an outcome.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/meta/errors.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::instagram {

/// `status_code` of a container.
enum class container_state {
  in_progress,
  finished,   // it can be published
  published,  // it is live
  expired,    // nobody published it within 24 hours
  error,      // it cannot be processed
};

struct container_status {
  container_state state = container_state::in_progress;
  std::string words;  // of `status`: "Error: Media upload has failed with error code 2207026"
};

/// The container's id in the reply to `POST /{ig-user-id}/media`, or what went wrong; never `unknown`, because a
/// container is invisible until it is published.
base::result<std::string, domain::outcome> read_created(const egress_reply& reply, base::timestamp now);

/// What the reply to `GET /{container}` says, or what went wrong; never `unknown`.
base::result<container_status, domain::outcome> read_status(const egress_reply& reply, base::timestamp now);

/// Whether the reply says that there is no such container.
bool says_missing(const egress_reply& reply);

/// Whether the reply to `media_publish` refuses a container that is ready (2207006, 2207008): once or twice that
/// passes, then another container is needed.
bool refuses_container(const egress_reply& reply);

/// Whether the reply to `media_publish` says that spam is suspected (2207051).
bool suspects_spam(const egress_reply& reply);

/// The outcome of a container that could not be processed: `invalid` where the status names a fault of the image, else
/// `transient`, because another container may do better.
domain::outcome failed_processing(const container_status& status, base::timestamp now);

/// The outcome of `POST /{ig-user-id}/media_publish`. `published` only with the id in the reply; `unknown` for every
/// error on Instagram's side, for suspected spam (2207051, which was seen with posts that went live), and for every
/// reply that did not come whole or makes no sense.
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// The outcome of any other call that did not succeed.
domain::outcome problem_of(const egress_reply& reply, meta::step which, base::timestamp now);

}  // namespace pulse::connectors::instagram
