#include "domain/calendar/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace pulse::domain {

bool is_time_zone(std::string_view name) {
  if (name == "localtime")
    return false;  // a file beside the zones that means this machine's own zone; no browser knows it
  try {
    return date::locate_zone(name) != nullptr;
  } catch (const std::runtime_error&) {  // the library's way of saying no
    return false;
  }
}

}  // namespace pulse::domain
