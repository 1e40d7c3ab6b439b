#include "domain/campaigns/recurrence.hpp"

#include <fmt/core.h>
#include <libical/ical.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>

namespace pulse::domain::campaigns {

namespace {

using iterator = std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)>;

icaltimetype to_ical(wall_time at) {
  const auto day = date::floor<date::days>(at);
  const date::year_month_day date_of{day};
  const date::hh_mm_ss<std::chrono::seconds> time_of{at - day};
  auto made = icaltime_null_time();
  made.year = static_cast<int>(date_of.year());
  made.month = static_cast<int>(static_cast<unsigned>(date_of.month()));
  made.day = static_cast<int>(static_cast<unsigned>(date_of.day()));
  made.hour = static_cast<int>(time_of.hours().count());
  made.minute = static_cast<int>(time_of.minutes().count());
  made.second = static_cast<int>(time_of.seconds().count());
  return made;
}

wall_time from_ical(const icaltimetype& at) {
  const auto day = date::local_days{date::year{at.year} / at.month / at.day};
  return day + std::chrono::hours{at.hour} + std::chrono::minutes{at.minute} + std::chrono::seconds{at.second};
}

/// libical would search for it through 6,000 months.
bool names_sixth_weekday(const icalrecurrencetype& rule) {
  constexpr int most_in_a_month = 5;
  return std::any_of(std::begin(rule.by_day),
                     std::find(std::begin(rule.by_day), std::end(rule.by_day), ICAL_RECURRENCE_ARRAY_MAX),
                     [](short day) { return std::abs(icalrecurrencetype_day_position(day)) > most_in_a_month; });
}

icalrecurrencetype read(const std::string& rule) { return icalrecurrencetype_from_string(rule.c_str()); }

}  // namespace

base::result<recurrence, recurrence_problem> parse_recurrence(std::string_view text, wall_time start) {
  constexpr std::string_view prefix = "RRULE:";
  if (text.size() > most_recurrence_bytes) {
    return recurrence_problem{fmt::format("has more than {} bytes", most_recurrence_bytes)};
  }
  if (text.substr(0, prefix.size()) == prefix) text.remove_prefix(prefix.size());
  for (const char c : text) {
    if (c <= ' ' || c > '~') return recurrence_problem{"must be one line of printable ASCII without spaces"};
  }
  recurrence made{.rule = std::string{text}, .start = start};
  const auto parsed = read(made.rule);
  switch (parsed.freq) {
    case ICAL_SECONDLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE: return recurrence_problem{"repeats too often: HOURLY is the shortest FREQ"};
    case ICAL_HOURLY_RECURRENCE:
    case ICAL_DAILY_RECURRENCE:
    case ICAL_WEEKLY_RECURRENCE:
    case ICAL_MONTHLY_RECURRENCE:
    case ICAL_YEARLY_RECURRENCE: break;
    case ICAL_NO_RECURRENCE:
      return recurrence_problem{
          "is no recurrence rule (RFC 5545), such as FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0"};
  }
  if (parsed.freq == ICAL_MONTHLY_RECURRENCE && names_sixth_weekday(parsed)) {
    return recurrence_problem{"never comes: no month has a sixth of a weekday"};
  }
  if (parsed.by_second[1] != ICAL_RECURRENCE_ARRAY_MAX && parsed.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX) {
    return recurrence_problem{"repeats too often: BYSECOND may name one second"};
  }
  return made;
}

std::optional<base::timestamp> next_of(const recurrence& rule, const zone_clock& zone, base::timestamp after) {
  const auto shown = zone.wall_time_at(after);
  const auto last = shown + date::days{recurrence_horizon / date::years{1} * 366};
  auto parsed = read(rule.rule);
  // Without an end libical goes through every hour until the year 2582 for a rule that no date fits.
  const auto horizon = to_ical(last);
  if (icaltime_is_null_time(parsed.until) || icaltime_compare(parsed.until, horizon) > 0) parsed.until = horizon;
  // An iterator with COUNT cannot jump ahead; the others begin where the clock is now. By hours libical forgets the
  // interval when it jumps, so the jump is made for it: as many whole intervals as have passed.
  const bool jumps = shown > rule.start && parsed.count == 0;
  const bool is_hourly = parsed.freq == ICAL_HOURLY_RECURRENCE;
  auto start = rule.start;
  if (jumps && is_hourly) {
    const std::chrono::hours interval{std::max<int>(1, parsed.interval)};
    start += (shown - rule.start) / interval * interval;
  }
  const iterator walk{icalrecur_iterator_new(parsed, to_ical(start)), &icalrecur_iterator_free};
  if (!walk) return std::nullopt;
  if (jumps && !is_hourly) icalrecur_iterator_set_start(walk.get(), to_ical(shown));
  for (int i = 0; i < most_occurrences_walked; ++i) {
    const auto next = icalrecur_iterator_next(walk.get());
    if (icaltime_is_null_time(next)) return std::nullopt;
    const auto time = from_ical(next);
    if (time > last) return std::nullopt;
    if (time < shown) continue;
    const auto moment = zone.moment_of(time);
    if (moment > after) return moment;
  }
  return std::nullopt;
}

}  // namespace pulse::domain::campaigns
