// When the reactions to a post are read: often while it is new, then less and less often, for a month.
#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "base/time.hpp"

namespace pulse::domain {

/// Times after publishing. A dozen reads a post fit into the budget of a platform that allows 75 reads in 15 minutes.
inline constexpr std::array<std::chrono::minutes, 10> measuring_times{
    std::chrono::minutes{10}, std::chrono::hours{1},  std::chrono::hours{3},  std::chrono::hours{8},
    std::chrono::hours{24},   std::chrono::hours{48}, std::chrono::hours{96}, std::chrono::hours{168},
    std::chrono::hours{336},  std::chrono::hours{720}};

/// Reads that may fail in a row before it is given up.
inline constexpr int most_measuring_failures = 8;
/// Posts of one channel whose reactions are read: the newest.
inline constexpr int most_measured_of_channel = 1'000;

/// The next read after one at `now`; nothing after the last.
std::optional<base::timestamp> next_measurement(base::timestamp published_at, base::timestamp now);

/// When a failed read is repeated: after `retry_at` where the platform said so, else after a pause that doubles with
/// each failure (`failures` includes this one). Nothing when it is given up.
std::optional<base::timestamp> retry_measurement(int failures, std::optional<base::timestamp> retry_at,
                                                 base::timestamp now);

}  // namespace pulse::domain
