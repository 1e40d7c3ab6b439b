// A project's calendar in the format of calendar programs (RFC 5545), written by libical.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "persistence/calendar/entries.hpp"
#include "persistence/calendar/feeds.hpp"

namespace pulse::http::routes {

struct icalendar_content {
  std::string name;       // of the calendar, as the program shows it
  std::string time_zone;  // of the project
  std::string app_url;    // without a slash at the end; each entry links to its post in the dashboard below it
  std::vector<persistence::calendar::post_entry> posts;
};

/// Lines of at most 75 bytes that end with CRLF. The same content gives the same bytes.
std::string to_icalendar(const icalendar_content& content);

}  // namespace pulse::http::routes
