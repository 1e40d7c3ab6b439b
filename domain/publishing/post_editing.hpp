// When a post's text may still change.
#pragma once

#include <span>

#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

/// How far one of a post's deliveries has come.
struct delivery_progress {
  delivery_state state = delivery_state::waiting;
  int attempt = 0;  // attempts that have begun
};

/// Whether a post with these deliveries may be edited: one of them waits, and none has ever begun.
bool may_edit(std::span<const delivery_progress> deliveries);

}  // namespace pulse::domain
