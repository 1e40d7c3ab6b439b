// What Threads' replies mean.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "connectors/meta/errors.hpp"
#include "connectors/shared/list_search.hpp"
#include "domain/publishing/outcome.hpp"

namespace pulse::connectors::threads {

enum class container_state { in_progress, finished, published, error, expired };

struct container_status {
  container_state state = container_state::in_progress;
  std::string error_message;
};

/// What `GET /{container}` says; nothing when the reply is no success, or says what is not known.
std::optional<container_status> status_in(const egress_reply& reply);

/// What a container that Threads could not process makes of the attempt.
domain::outcome failed_processing(const container_status& status);

/// The outcome of `POST /{user}/threads_publish`.
domain::outcome classify_publish(const egress_reply& reply, base::timestamp now);

/// What a reply that is no success makes of the attempt; never `unknown` for a harmless step.
domain::outcome problem_of(const egress_reply& reply, meta::step which, base::timestamp now);

/// The id in the reply of a call that made something, as text or as a number; nothing when it is no success.
std::optional<std::string> id_in(const egress_reply& reply);

/// The address of a post, of the reply to `GET /{post}?fields=permalink`; empty when it names none at Threads.
std::string permalink_in(const egress_reply& reply);

/// A page of `GET /me/threads`; nothing when the body is none.
std::optional<list_page> read_threads(const std::string& body);

/// The account's own of a page of `GET /{post}/replies`, where everybody's stand; nothing when the body is none.
std::optional<list_page> read_own_replies(const std::string& body);

}  // namespace pulse::connectors::threads
