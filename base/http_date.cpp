#include "base/http_date.hpp"

#include <array>
#include <sstream>

#include <date/date.h>

namespace pulse::base {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 7> day_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};

// The forms, behind the name of the day.
constexpr const char* preferred = ", %d %b %Y %H:%M:%S GMT";
constexpr const char* rfc_850 = ", %d-%b-%y %H:%M:%S GMT";
constexpr const char* asctime = " %b %d %H:%M:%S %Y";
constexpr const char* asctime_of_first_days = " %b %e %H:%M:%S %Y";

constexpr sys_seconds first_moment{sys_days{std::chrono::year{0} / 1 / 1}};

constexpr std::chrono::years ahead_max{50};

std::optional<sys_seconds> read(std::string text, const char* form) {
  // A leap second is one, and the calendar has none.
  std::chrono::seconds leap{0};
  if (const auto at = text.find(":60 "); at != text.npos) {
    text.replace(at, 3, ":59");
    leap = std::chrono::seconds{1};
  }
  std::istringstream from{text};
  sys_seconds moment;
  from >> date::parse(form, moment);
  // `date` takes "6" for "06", "nov" for "Nov" and years before 0; the first two differ when they are written again.
  if (from.fail() || moment < first_moment || date::format(form, moment) != text) return std::nullopt;
  return moment + leap;
}

/// RFC 9110 §5.6.7: the century in which a year of two digits is not more than 50 years ahead.
std::optional<sys_seconds> in_century(sys_seconds moment, timestamp now) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day read{day};
  const auto today = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year();
  auto year = std::chrono::year{int{today} / 100 * 100 + int{read.year()} % 100};
  if (year > today + ahead_max) year -= std::chrono::years{100};
  const auto meant = year / read.month() / read.day();
  if (!meant.ok()) return std::nullopt;
  return sys_days{meant} + (moment - day);
}

}  // namespace

std::optional<timestamp> parse_http_date(std::string_view text, timestamp now) {
  for (const auto name : day_names) {
    const auto brief = name.substr(0, 3);
    if (!text.starts_with(brief)) continue;
    if (text.starts_with(name)) {
      const auto moment = read(std::string{text.substr(name.size())}, rfc_850);
      return moment ? in_century(*moment, now) : std::nullopt;
    }
    const std::string rest{text.substr(brief.size())};
    if (rest.starts_with(',')) return read(rest, preferred);
    const auto moment = read(rest, asctime);
    return moment ? moment : read(rest, asctime_of_first_days);
  }
  return std::nullopt;
}

std::string to_http_date(timestamp at) {
  return date::format("%a, %d %b %Y %H:%M:%S GMT", std::chrono::floor<std::chrono::seconds>(at));
}

}  // namespace pulse::base
