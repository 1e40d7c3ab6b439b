// The first call of every engine actor, because CAF's defaults kill actors silently (an error answer, a stray message).
#pragma once

#include <string>

#include <caf/error.hpp>
#include <caf/message_priority.hpp>
#include <caf/scheduled_actor.hpp>
#include <spdlog/spdlog.h>

namespace pulse::actors {

/// Errors and unexpected messages are logged and do not end the actor. What a handler throws does: the supervisor
/// restarts it from its rows.
template <class Self>
void make_safe(Self* self) {
  self->set_error_handler([self](caf::scheduled_actor*, caf::error& failure) {
    spdlog::warn("actor {} got an error answer, which it ignores (code {})", self->name(),
                 static_cast<int>(failure.code()));
  });
  self->set_default_handler([self](caf::scheduled_actor*, const caf::message_view&) -> caf::result<caf::message> {
    spdlog::warn("actor {} got a message that it does not know, which it ignores", self->name());
    return caf::sec::unexpected_message;
  });
}

}  // namespace pulse::actors
