#include "domain/campaigns/cron.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/core.h>

namespace pulse::domain::campaigns {

namespace {

constexpr std::array<std::string_view, 12> month_names{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> day_names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct field {
  std::string_view name;
  int lowest;
  int highest;
  const std::string_view* names = nullptr;
  std::size_t name_count = 0;
  int first_named = 0;
};

constexpr std::array<field, 5> fields{{
    {"minute", 0, 59},
    {"hour", 0, 23},
    {"day of the month", 1, 31},
    {"month", 1, 12, month_names.data(), month_names.size(), 1},
    {"day of the week", 0, 7, day_names.data(), day_names.size(), 0},
}};

struct shortcut {
  std::string_view name;
  std::string_view meaning;
};
constexpr std::array<shortcut, 7> shortcuts{{{"@hourly", "0 * * * *"},
                                             {"@daily", "0 0 * * *"},
                                             {"@midnight", "0 0 * * *"},
                                             {"@weekly", "0 0 * * 0"},
                                             {"@monthly", "0 0 1 * *"},
                                             {"@yearly", "0 0 1 1 *"},
                                             {"@annually", "0 0 1 1 *"}}};

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string lower_case(std::string_view text) {
  std::string made{text};
  for (char& c : made) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return made;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const auto end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::vector<std::string_view> split_fields(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    parts.push_back(text.substr(at, end - at));
    at = end;
  }
  return parts;
}

std::optional<int> parse_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::optional<int> parse_value(const field& of, std::string_view text) {
  for (std::size_t i = 0; i < of.name_count; ++i) {
    if (text == of.names[i]) return of.first_named + static_cast<int>(i);
  }
  const auto value = parse_number(text);
  if (!value || *value < of.lowest || *value > of.highest) return std::nullopt;
  return value;
}

struct span {
  int from;
  int to;
};

std::optional<span> parse_span(const field& of, std::string_view text, bool has_step) {
  if (text == "*") return span{of.lowest, of.highest};
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) {
    const auto value = parse_value(of, text);
    if (!value) return std::nullopt;
    return span{*value, has_step ? of.highest : *value};  // "5/15" is "5-59/15", as in most crons
  }
  const auto from = parse_value(of, text.substr(0, dash));
  const auto to = parse_value(of, text.substr(dash + 1));
  if (!from || !to || *from > *to) return std::nullopt;
  return span{*from, *to};
}

template <std::size_t Size>
std::optional<std::string> parse_field(const field& of, std::string_view text, std::bitset<Size>& to) {
  const auto wrong = [&of](std::string_view part) {
    return fmt::format("has \"{}\" as {}, which is {} to {}", part, of.name, of.lowest, of.highest);
  };
  for (const auto part : split(text, ',')) {
    const auto slash = part.find('/');
    const bool has_step = slash != std::string_view::npos;
    const auto step = has_step ? parse_number(part.substr(slash + 1)) : std::optional<int>{1};
    if (!step || *step < 1 || *step > of.highest) return wrong(part);
    const auto range = parse_span(of, part.substr(0, slash), has_step);
    if (!range) return wrong(part);
    for (int value = range->from; value <= range->to; value += *step) to.set(static_cast<std::size_t>(value));
  }
  return std::nullopt;
}

bool is_on(const cron& schedule, date::year_month_day day, date::local_days at) {
  if (!schedule.months[static_cast<unsigned>(day.month())]) return false;
  const bool month_day = schedule.month_days[static_cast<unsigned>(day.day())];
  const bool week_day = schedule.week_days[date::weekday{at}.c_encoding()];
  if (schedule.any_month_day || schedule.any_week_day) return month_day && week_day;
  return month_day || week_day;
}

/// The first moment of the day's times that is later than `after`, at which a wall clock shows `shown`.
std::optional<base::timestamp> next_on(const cron& schedule, const zone_clock& zone, date::local_days day,
                                       wall_time shown, base::timestamp after) {
  for (std::size_t hour = 0; hour < schedule.hours.size(); ++hour) {
    if (!schedule.hours[hour]) continue;
    for (std::size_t minute = 0; minute < schedule.minutes.size(); ++minute) {
      const auto time = day + std::chrono::hours{hour} + std::chrono::minutes{minute};
      // `moment_of` never decreases, so what a clock has shown already lies behind.
      if (!schedule.minutes[minute] || time < shown) continue;
      const auto moment = zone.moment_of(time);
      if (moment > after) return moment;
    }
  }
  return std::nullopt;
}

}  // namespace

base::result<cron, std::string> parse_cron(std::string_view text) {
  if (text.size() > most_cron_bytes) return fmt::format("has more than {} bytes", most_cron_bytes);
  auto plain = lower_case(text);
  for (const auto& each : shortcuts) {
    if (plain == each.name) plain = each.meaning;
  }
  const auto parts = split_fields(plain);
  if (parts.size() != fields.size()) {
    return fmt::format("has {} fields, not 5 (minute, hour, day, month, weekday)", parts.size());
  }
  cron made;
  std::bitset<8> week_days;
  auto wrong = parse_field(fields[0], parts[0], made.minutes);
  if (!wrong) wrong = parse_field(fields[1], parts[1], made.hours);
  if (!wrong) wrong = parse_field(fields[2], parts[2], made.month_days);
  if (!wrong) wrong = parse_field(fields[3], parts[3], made.months);
  if (!wrong) wrong = parse_field(fields[4], parts[4], week_days);
  if (wrong) return std::move(*wrong);
  for (std::size_t day = 0; day < week_days.size(); ++day) {
    if (week_days[day]) made.week_days.set(day % made.week_days.size());
  }
  made.any_month_day = parts[2].front() == '*';
  made.any_week_day = parts[4].front() == '*';
  return made;
}

std::optional<base::timestamp> next_of(const cron& schedule, const zone_clock& zone, base::timestamp after) {
  const auto shown = zone.wall_time_at(after);
  auto day = date::floor<date::days>(shown);
  const auto last = day + date::days{cron_horizon / date::years{1} * 366};
  for (; day <= last; day += date::days{1}) {
    if (!is_on(schedule, date::year_month_day{day}, day)) continue;
    if (const auto moment = next_on(schedule, zone, day, shown, after)) return moment;
  }
  return std::nullopt;
}

}  // namespace pulse::domain::campaigns
