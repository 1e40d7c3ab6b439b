// Calls that only read, beside those that publish: both take from the same budgets, and reads never take what a post
// may need.
#pragma once

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::domain {

/// Reads use at most this part of the burst, so that three quarters of it always remain for posts.
inline constexpr int read_share = 4;
/// When the platform reports a scarce budget, reads use at most this part of the remaining pace.
inline constexpr int read_pace = 4;

/// Reads that may come at once; at least 1.
constexpr int read_burst(const rate& budget) { return (budget.burst + read_share - 1) / read_share; }

/// When the next read may start, at `now` or later. `arrival`, `last` and `told` are those of the throttle.
base::timestamp earliest_read(const rate& budget, base::timestamp arrival, base::timestamp last,
                              const platform_pace& told, base::timestamp now);

}  // namespace pulse::domain
