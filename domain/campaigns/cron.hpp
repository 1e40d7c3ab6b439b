// Cron expressions: minute, hour, day of the month, month, day of the week, on the wall clock of a zone.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain::campaigns {

/// Bytes of an expression.
inline constexpr std::size_t most_cron_bytes = 256;
/// How far ahead a next time is looked for. 29 February is at most 8 years away (1896 to 1904, 2096 to 2104).
inline constexpr date::years cron_horizon{9};

/// A parsed expression. Days follow crontab(5): where both days are restricted, either is enough.
struct cron {
  std::bitset<60> minutes;
  std::bitset<24> hours;
  std::bitset<32> month_days;  // 1 to 31
  std::bitset<13> months;      // 1 to 12
  std::bitset<7> week_days;    // 0 is Sunday
  bool any_month_day = false;  // the field began with `*`
  bool any_week_day = false;

  friend bool operator==(const cron&, const cron&) = default;
};

/// Reads five fields of `*`, numbers, names (jan, mon; any case), lists, ranges and steps, or one of @hourly, @daily,
/// @weekly, @monthly, @yearly. Sunday is 0 and 7. The error is the end of a sentence about the expression ("has 4
/// fields, not 5").
base::result<cron, std::string> parse_cron(std::string_view text);

/// The first moment later than `after` at which a wall clock of the zone shows a time of the schedule; nothing when
/// there is none within `cron_horizon`. A time that the clocks jump over runs at the jump; one that comes twice runs
/// the first time.
std::optional<base::timestamp> next_of(const cron& schedule, const zone_clock& zone, base::timestamp after);

}  // namespace pulse::domain::campaigns
