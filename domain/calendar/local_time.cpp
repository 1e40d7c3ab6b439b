#include "domain/calendar/local_time.hpp"

#include <locale>
#include <stdexcept>

namespace pulse::domain {

namespace {

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {  // the library's way of saying no
    return date::locate_zone("UTC");
  }
}

base::timestamp to_timestamp(date::sys_seconds at) { return base::timestamp{at.time_since_epoch()}; }

}  // namespace

zone_clock::zone_clock(std::string_view zone) : zone_{find_zone(zone)} {}

base::timestamp zone_clock::moment_of(wall_time at) const {
  const auto info = zone_->get_info(at);
  // The first moment after a gap is the one at which the clocks jump.
  if (info.result == date::local_info::nonexistent) return to_timestamp(info.first.end);
  return to_timestamp(date::sys_seconds{at.time_since_epoch()} - info.first.offset);
}

wall_time zone_clock::wall_time_at(base::timestamp at) const {
  return zone_->to_local(date::floor<std::chrono::seconds>(at));
}

std::string zone_clock::format(base::timestamp at, const std::string& format) const {
  return date::format(std::locale::classic(), format, date::make_zoned(zone_, date::floor<std::chrono::seconds>(at)));
}

}  // namespace pulse::domain
