#include "domain/calendar/time_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace pulse::domain {

namespace {

using std::chrono::microseconds;

constexpr std::array day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The zone's time by its name, such as CET; tzdata has none for many, and writes what they are ahead: "+0545".
std::string zone_name(const zone_clock& zone, base::timestamp at) {
  auto name = zone.format(at, "%Z");
  const bool is_number = name.size() >= 3 && (name[0] == '+' || name[0] == '-');
  if (!is_number) return name;
  auto told =
      fmt::format("UTC{}{}", name[0], std::string_view{name}.substr(name[1] == '0' ? 2 : 1, name[1] == '0' ? 1 : 2));
  if (name.size() >= 5) told += fmt::format(":{}", std::string_view{name}.substr(3, 2));
  return told;
}

date::hh_mm_ss<std::chrono::seconds> clock_of(wall_time shown) {
  return date::hh_mm_ss<std::chrono::seconds>{shown - date::floor<date::days>(shown)};
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

std::string time_formatter::format(base::timestamp at) const {
  const auto shown = zone_.wall_time_at(at);
  const auto its = clock_of(shown);
  auto told = fmt::format("{}, {:02}:{:02}", format_day(date::floor<date::days>(shown)), its.hours().count(),
                          its.minutes().count());
  if (its.seconds().count() > 0) told += fmt::format(":{:02}", its.seconds().count());
  return fmt::format("{} {}", told, zone_name(zone_, at));
}

std::string time_formatter::format_exactly(base::timestamp at) const {
  return fmt::format("{}, {}", format_day(zone_.day_at(at)), format_clock(at));
}

std::string time_formatter::format_clock(base::timestamp at) const {
  const auto its = clock_of(zone_.wall_time_at(at));
  const auto in_second =
      std::chrono::floor<std::chrono::milliseconds>(at) - std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{:02}:{:02}:{:02}.{:03} {}", its.hours().count(), its.minutes().count(), its.seconds().count(),
                     in_second.count(), zone_name(zone_, at));
}

std::string format_day(date::local_days day) {
  const date::year_month_day its{day};
  return fmt::format("{} {} {} {}", day_names[date::weekday{day}.c_encoding()], static_cast<unsigned>(its.day()),
                     month_names[static_cast<unsigned>(its.month()) - 1], static_cast<int>(its.year()));
}

std::string format_span(microseconds span) {
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

std::string format_length(std::chrono::seconds length) {
  struct unit {
    std::int64_t seconds;
    std::string_view one;
  };
  constexpr std::array units{unit{86'400, "day"}, unit{3'600, "hour"}, unit{60, "minute"}, unit{1, "second"}};
  const auto whole = static_cast<std::int64_t>(length.count());
  const auto* in = std::find_if(units.begin(), units.end(), [whole](const unit& each) {
    return whole >= each.seconds && whole % each.seconds == 0;
  });
  if (in == units.end()) return count(whole, "seconds");
  const auto many = whole / in->seconds;
  return count(many, in->one) + (many == 1 ? "" : "s");
}

std::string format_window(std::chrono::seconds window) {
  auto told = format_length(window);
  return told.starts_with("1 ") ? told.substr(2) : told;
}

}  // namespace pulse::domain
