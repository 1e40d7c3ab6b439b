// The event that goes with every change of a delivery that the engine makes.
#pragma once

#include <chrono>
#include <optional>

#include "base/time.hpp"
#include "domain/events/facts.hpp"
#include "domain/publishing/channel.hpp"
#include "domain/publishing/delivery.hpp"

namespace pulse::domain {

/// What can be known of the call that led to a change; empty for changes without a call.
struct call_times {
  std::optional<base::timestamp> first_byte_at;
  std::optional<std::chrono::microseconds> duration;
};

/// The facts of `change`, which made `after` out of a delivery to a channel of `type`.
event_facts describe_change(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                            const call_times& times, base::timestamp now);

}  // namespace pulse::domain
