#include "domain/calendar/time_words.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace pulse::domain {

namespace {

using std::chrono::microseconds;

constexpr std::array day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// A moment as a calendar and a clock show it.
struct shown {
  date::year_month_day day;
  unsigned weekday;
  date::hh_mm_ss<microseconds> clock;
  std::string zone;
};

shown show(base::timestamp at, const date::time_zone* zone) {
  std::string name = "UTC";
  if (zone != nullptr) {
    const auto info = zone->get_info(std::chrono::floor<std::chrono::seconds>(at));
    at += info.offset;
    name = info.abbrev;
  }
  const auto midnight = date::floor<date::days>(at);
  return {date::year_month_day{midnight}, date::weekday{midnight}.c_encoding(),
          date::hh_mm_ss<microseconds>{at - midnight}, std::move(name)};
}

/// "Tue 24 Nov 2026, ".
std::string day_of(const shown& its) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s %u %s %d, ", day_names[its.weekday], static_cast<unsigned>(its.day.day()),
                month_names[static_cast<unsigned>(its.day.month()) - 1], static_cast<int>(its.day.year()));
  return text.data();
}

std::string count(std::int64_t many, std::string_view unit) {
  std::string text = std::to_string(many);
  text += ' ';
  text += unit;
  return text;
}

std::string with_rest(std::int64_t many, std::string_view unit, std::int64_t rest, std::string_view rest_unit) {
  auto text = count(many, unit);
  if (rest > 0) text += " " + count(rest, rest_unit);
  return text;
}

}  // namespace

time_teller::time_teller(std::string_view zone) : zone_(nullptr) {
  try {
    zone_ = date::locate_zone(zone);
  } catch (const std::runtime_error&) {  // the library's way of saying no
  }
}

std::string time_teller::tell(base::timestamp at) const {
  const auto its = show(at, zone_);
  const auto seconds = static_cast<int>(its.clock.seconds().count());
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(its.clock.hours().count()),
                static_cast<int>(its.clock.minutes().count()));
  auto told = day_of(its) + text.data();
  if (seconds > 0) {
    std::snprintf(text.data(), text.size(), ":%02d", seconds);
    told += text.data();
  }
  return fmt::format("{} {}", told, its.zone);
}

std::string time_teller::tell_exactly(base::timestamp at) const { return day_of(show(at, zone_)) + tell_clock(at); }

std::string time_teller::tell_clock(base::timestamp at) const {
  const auto its = show(at, zone_);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d ", static_cast<int>(its.clock.hours().count()),
                static_cast<int>(its.clock.minutes().count()), static_cast<int>(its.clock.seconds().count()),
                static_cast<int>(its.clock.subseconds().count() / 1'000));
  return text.data() + its.zone;
}

std::string tell_span(microseconds span) {
  using namespace std::chrono;
  if (span < microseconds{0}) span = -span;
  const auto whole = [](auto of) { return static_cast<std::int64_t>(of.count()); };
  if (span < 1ms) return "less than 1 ms";
  if (span < 1s) return count(whole(floor<milliseconds>(span)), "ms");
  if (span < 10s) {
    const auto tenths = whole(floor<milliseconds>(span)) / 100;
    auto text = std::to_string(tenths / 10);
    if (tenths % 10 > 0) text += "." + std::to_string(tenths % 10);
    return text + " s";
  }
  if (span < 1min) return count(whole(floor<seconds>(span)), "s");
  if (span < 1h) return with_rest(whole(floor<minutes>(span)), "min", whole(floor<seconds>(span % 1min)), "s");
  if (span < days{1}) return with_rest(whole(floor<hours>(span)), "h", whole(floor<minutes>(span % 1h)), "min");
  const auto many = whole(floor<std::chrono::days>(span));
  return with_rest(many, many == 1 ? "day" : "days", whole(floor<hours>(span % std::chrono::days{1})), "h");
}

std::string tell_window(std::chrono::seconds window) {
  struct unit {
    std::int64_t seconds;
    std::string_view one;
  };
  constexpr std::array units{unit{86'400, "day"}, unit{3'600, "hour"}, unit{60, "minute"}};
  const auto length = static_cast<std::int64_t>(window.count());
  for (const auto& [seconds, one] : units) {
    if (length < seconds || length % seconds != 0) continue;
    const auto many = length / seconds;
    return many == 1 ? std::string{one} : count(many, one) + "s";
  }
  return length == 1 ? "second" : count(length, "seconds");
}

}  // namespace pulse::domain
