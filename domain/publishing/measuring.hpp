// When what people made of a post is looked up: often while it is new, and more and more seldom, for a month.
#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "base/time.hpp"

namespace pulse::domain {

/// After a post went out. A dozen looks a post, so that a budget of a platform that allows 75 reads in a quarter of an hour lasts.
inline constexpr std::array<std::chrono::minutes, 10> measuring_times{
    std::chrono::minutes{10}, std::chrono::hours{1},  std::chrono::hours{3},  std::chrono::hours{8},
    std::chrono::hours{24},   std::chrono::hours{48}, std::chrono::hours{96}, std::chrono::hours{168},
    std::chrono::hours{336},  std::chrono::hours{720}};

/// Looks that may fail in a row before it is given up.
inline constexpr int most_measuring_failures = 8;
/// Posts of one channel that are looked after at a time; of more the newest.
inline constexpr int most_measured_of_channel = 1'000;

/// The next look after one at `now`; nothing after the last.
std::optional<base::timestamp> next_measurement(base::timestamp published_at, base::timestamp now);

/// When a look that failed is made again: after `retry_at` where the platform said so, else after a pause that doubles with each failure
/// (`failures` includes this one). Nothing when it was often enough.
std::optional<base::timestamp> retry_measurement(int failures, std::optional<base::timestamp> retry_at,
                                                 base::timestamp now);

}  // namespace pulse::domain
