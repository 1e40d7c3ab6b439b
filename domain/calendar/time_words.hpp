// Times and durations as people read them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/calendar/local_time.hpp"

namespace pulse::domain {

/// Formats times in one time zone. Cheap to copy; may be used by any number of threads at once.
class time_formatter {
 public:
  /// `zone` is an IANA name; one that is not known here is read as UTC.
  explicit time_formatter(std::string_view zone) : zone_{zone} {}
  explicit time_formatter(const zone_clock& zone) : zone_{zone} {}

  /// "Tue 24 Nov 2026, 09:00 CET"; with seconds where there are any: "09:00:30 CET". A zone whose time has no name is
  /// shown by its offset: "14:45 UTC+5:45".
  std::string format(base::timestamp at) const;
  /// To the millisecond: "Tue 24 Nov 2026, 09:00:00.004 CET".
  std::string format_exactly(base::timestamp at) const;
  /// The clock alone, to the millisecond: "09:00:00.004 CET".
  std::string format_clock(base::timestamp at) const;

 private:
  zone_clock zone_;
};

/// A day of the calendar: "Thu 24 Dec 2026".
std::string format_day(date::local_days day);

/// A span in the two units that say most: "4 ms", "1.2 s", "14 min 30 s", "2 h", "3 days 4 h". The sign is dropped.
std::string format_span(std::chrono::microseconds span);

/// A length that somebody has set, in its largest whole unit: "1 hour", "90 seconds", "4 hours", "2 days". Not
/// negative.
std::string format_length(std::chrono::seconds length);

/// The same after "every" or "in any": "second", "15 minutes", "day", "90 seconds".
std::string format_window(std::chrono::seconds window);

}  // namespace pulse::domain
