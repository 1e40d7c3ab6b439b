// Calls that only look something up, beside those that publish: they take from the same budgets, and never what a post may need.
#pragma once

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::domain {

/// Of what may start at once, looks use a quarter at most, so three quarters are always there for posts.
inline constexpr int read_share = 4;
/// Where the platform has told of a scarce budget, looks come at this part of the pace that is left.
inline constexpr int read_pace = 4;

/// Looks that may come at once, at least 1.
constexpr int read_burst(const rate& budget) { return (budget.burst + read_share - 1) / read_share; }

/// When the next look may start, at `now` or later. `arrival` and `last` are throttle's, `told` the platform's word: see there.
base::timestamp earliest_read(const rate& budget, base::timestamp arrival, base::timestamp last,
                              const platform_pace& told, base::timestamp now);

}  // namespace pulse::domain
