#include "domain/calendar/days.hpp"

#include <date/tz.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace pulse::domain {

namespace {

using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t most_changes = 16;

const date::time_zone* find_zone(std::string_view name) {
  try {
    return date::locate_zone(name);
  } catch (const std::runtime_error&) {  // the library's way of saying no
    return date::locate_zone("Etc/UTC");
  }
}

/// The first moment of a day: where midnight does not exist, the clocks were put forward over it; where it comes twice,
/// the first.
base::timestamp start_of(date::local_days day, const date::time_zone* zone) {
  return zone->to_sys(date::local_seconds{day}, date::choose::earliest);
}

std::string name_of(date::local_days day) {
  const date::year_month_day its{day};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(its.year()),
                static_cast<unsigned>(its.month()), static_cast<unsigned>(its.day()));
  return text.data();
}

std::string clock_at(base::timestamp at, seconds offset) {
  const auto local = floor<minutes>(at + offset);
  const auto of_day = local - floor<std::chrono::days>(local);
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(of_day.count() / 60),
                static_cast<int>(of_day.count() % 60));
  return text.data();
}

}  // namespace

std::vector<calendar_day> last_days(std::string_view zone, base::timestamp now, int count) {
  const auto* in = find_zone(zone);
  const auto today = date::floor<date::days>(in->to_local(floor<seconds>(now)));
  std::vector<calendar_day> made;
  for (int back = count - 1; back >= 0; --back) {
    const date::local_days day = today - date::days{back};
    made.push_back({name_of(day), start_of(day, in), start_of(day + date::days{1}, in)});
  }
  return made;
}

std::vector<clock_change> clock_changes(std::string_view zone, base::timestamp from, base::timestamp to) {
  const auto* in = find_zone(zone);
  std::vector<clock_change> made;
  auto before = in->get_info(floor<seconds>(from) - seconds{1});
  while (made.size() < most_changes && before.end < to) {
    const auto after = in->get_info(before.end);
    const base::timestamp at = before.end;
    if (after.offset != before.offset) {
      made.push_back({.at = at,
                      .minutes = static_cast<int>(floor<minutes>(after.offset - before.offset).count()),
                      .from = clock_at(at, before.offset),
                      .to = clock_at(at, after.offset),
                      .abbreviation_before = before.abbrev,
                      .abbreviation_after = after.abbrev});
    }
    before = after;
  }
  return made;
}

}  // namespace pulse::domain
