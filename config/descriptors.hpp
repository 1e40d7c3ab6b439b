// Divides the available descriptors, so that clients of the front door never take those of publishing.
#pragma once

#include <cstddef>

#include "config/settings.hpp"

namespace pulse::config {

/// The minimum to run.
inline constexpr std::size_t min_descriptors = 128;
/// Database connections of the live stream's hubs: events over one, whether sessions last over the other.
inline constexpr unsigned live_stream_connections = 2;

struct descriptor_plan {
  std::size_t connections = 0;      // that the front door may take
  std::size_t calls_in_flight = 0;  // outgoing ones at one time, at most `calls_wanted`
};

/// Divides `limit` descriptors (at least `min_descriptors`): first what the process always needs (files, event loops,
/// database and Redis, connections that are being refused), then up to half of the rest for outgoing calls (two each:
/// while a name is looked up a call has a second one), then the front door.
descriptor_plan plan_descriptors(const settings& all, std::size_t limit, std::size_t calls_wanted);

}  // namespace pulse::config
