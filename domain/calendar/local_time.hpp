// Wall-clock times of a zone as moments, also where the clocks change.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <date/tz.h>

#include "base/time.hpp"

namespace pulse::domain {

/// A time as a wall clock shows it: no zone, no offset.
using wall_time = date::local_time<std::chrono::seconds>;

/// A time zone for calculations. Cheap to copy, usable by any number of threads at once.
class zone_clock {
 public:
  /// `zone` is an IANA name; one that is not known here is read as UTC.
  explicit zone_clock(std::string_view zone);

  /// The moment of a wall-clock time: of one that comes twice the first, of one that does not exist the first that does
  /// after it. Never decreases when `at` grows.
  base::timestamp moment_of(wall_time at) const;

  /// What a wall clock shows at the moment, cut to seconds.
  wall_time wall_time_at(base::timestamp at) const;

  /// The moment as strftime writes it there, in the C locale. `format` has no letters but those of date's `format`.
  std::string format(base::timestamp at, const std::string& format) const;

  /// The calendar day there at the moment.
  date::local_days day_at(base::timestamp at) const { return date::floor<date::days>(wall_time_at(at)); }

 private:
  const date::time_zone* zone_;  // zones live as long as the program
};

}  // namespace pulse::domain
