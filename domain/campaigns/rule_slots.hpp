// The next time of day of a rule at which nothing else is planned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain::campaigns {

/// How many days ahead a free slot is searched.
inline constexpr int most_slot_days = 60;

/// The first of the times of day `slots` ("09:00") later than `after` that none of `taken` shares to the minute;
/// nothing within `most_slot_days`. A time that the clocks jump over is at the jump; one that comes twice comes the
/// first time.
std::optional<base::timestamp> next_free_slot(const std::vector<std::string>& slots,
                                              const std::vector<base::timestamp>& taken, const zone_clock& zone,
                                              base::timestamp after);

}  // namespace pulse::domain::campaigns
