// The days of a calendar, as a time zone has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// One day. It is as long as its zone makes it: 23 to 25 hours where the clocks change.
struct calendar_day {
  std::string day;            // "2026-11-22"
  base::timestamp starts_at;  // the first moment of it
  base::timestamp ends_at;    // the first of the next
};
BOOST_DESCRIBE_STRUCT(calendar_day, (), (day, starts_at, ends_at))

/// The `count` days that end with the one that holds `now`, oldest first. A zone that is not known here is read as UTC.
std::vector<calendar_day> last_days(std::string_view zone, base::timestamp now, int count);

/// A moment at which a zone's clocks are put forward or back.
struct clock_change {
  base::timestamp at;
  int minutes = 0;                  // forward; negative: back
  std::string from;                 // the clock just before, "03:00"
  std::string to;                   // and just after, "02:00"
  std::string abbreviation_before;  // "CEST"
  std::string abbreviation_after;   // "CET"
};
BOOST_DESCRIBE_STRUCT(clock_change, (), (at, minutes, from, to, abbreviation_before, abbreviation_after))

/// Those from `from` to before `to`, in order; at most 16.
std::vector<clock_change> clock_changes(std::string_view zone, base::timestamp from, base::timestamp to);

}  // namespace pulse::domain
