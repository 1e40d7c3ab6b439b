#include "domain/campaigns/rule_moments.hpp"

#include <deque>
#include <functional>

#include "domain/campaigns/cron.hpp"
#include "domain/campaigns/recurrence.hpp"

namespace pulse::domain::campaigns {

namespace {

constexpr int made_up_by_default = 10;
/// How far back the last moments are searched when an outage was too long to read all of it.
constexpr std::chrono::hours walked_at_least{24};

/// Gives the first moment later than another one. Reading the schedule once makes walking cheap.
using walker = std::function<std::optional<base::timestamp>(base::timestamp)>;

std::optional<base::timestamp> next_of_interval(const rule_trigger& of, base::timestamp after) {
  const std::chrono::microseconds step = std::chrono::minutes{*of.every_minutes};
  const auto from = of.from.value_or(base::timestamp{});
  if (after < from) return from;
  return from + step * ((after - from) / step + 1);
}

walker walk(const rule_trigger& of, const zone_clock& zone) {
  const auto never = [](base::timestamp) { return std::optional<base::timestamp>{}; };
  switch (of.kind) {
    case trigger_kind::interval:
    case trigger_kind::feed:
      if (!of.every_minutes || *of.every_minutes < 1) return never;
      return [of](base::timestamp after) { return next_of_interval(of, after); };
    case trigger_kind::cron: {
      const auto schedule = parse_cron(of.cron.value_or(""));
      if (schedule.has_error()) return never;
      return [schedule = *schedule, zone](base::timestamp after) { return next_of(schedule, zone, after); };
    }
    case trigger_kind::rrule: {
      const auto start = parse_wall_time(of.starts_at.value_or(""));
      if (!start) return never;
      const auto rule = parse_recurrence(of.rrule.value_or(""), *start);
      if (rule.has_error()) return never;
      return [rule = *rule, zone](base::timestamp after) { return next_of(rule, zone, after); };
    }
    case trigger_kind::event: return never;
  }
  return never;
}

/// What is due, oldest first, as far as it is walked.
struct due_moments {
  std::deque<base::timestamp> last;  // the last of them, `kept` at most
  int count = 0;
  std::optional<base::timestamp> first = std::nullopt;
  std::optional<base::timestamp> before_kept = std::nullopt;  // the last that is not among `last`
  bool is_more = false;
};

due_moments find_due(const walker& next, base::timestamp since, base::timestamp now, std::size_t kept) {
  due_moments made;
  int walked = 0;
  auto moment = next(since - std::chrono::microseconds{1});
  while (moment && *moment <= now) {
    if (!made.first) made.first = *moment;
    ++made.count;
    made.last.push_back(*moment);
    if (made.last.size() > kept) {
      made.before_kept = made.last.front();
      made.last.pop_front();
    }
    auto after = *moment;
    if (++walked == most_moments_walked && now - walked_at_least > after) {
      after = now - walked_at_least;
      made.is_more = true;
    }
    moment = next(after);
  }
  return made;
}

}  // namespace

std::optional<rule_mistake> schedule_problem(const rule_trigger& of, const zone_clock& zone, base::timestamp now) {
  std::string pointer;
  switch (of.kind) {
    case trigger_kind::interval:
    case trigger_kind::event:
    case trigger_kind::feed: return std::nullopt;
    case trigger_kind::cron: {
      if (!of.cron) return std::nullopt;
      pointer = "/trigger/cron";
      const auto schedule = parse_cron(*of.cron);
      if (schedule.has_error()) return rule_mistake{pointer, schedule.error()};
      break;
    }
    case trigger_kind::rrule: {
      if (!of.rrule || !of.starts_at) return std::nullopt;
      const auto start = parse_wall_time(*of.starts_at);
      if (!start)
        return rule_mistake{"/trigger/starts_at", "must be a date and time without a zone, such as 2026-11-30T09:00"};
      pointer = "/trigger/rrule";
      const auto rule = parse_recurrence(*of.rrule, *start);
      if (rule.has_error()) return rule_mistake{pointer, rule.error().problem};
      break;
    }
  }
  if (!walk(of, zone)(now)) return rule_mistake{std::move(pointer), "never comes again: no date fits it"};
  return std::nullopt;
}

std::optional<base::timestamp> next_moment(const rule_trigger& of, const zone_clock& zone, base::timestamp after) {
  return walk(of, zone)(after);
}

std::vector<base::timestamp> coming_moments(const rule_trigger& of, const zone_clock& zone, base::timestamp from,
                                            base::timestamp until, int most) {
  std::vector<base::timestamp> made;
  const auto next = walk(of, zone);
  auto moment = next(from - std::chrono::microseconds{1});
  while (moment && *moment < until && static_cast<int>(made.size()) < std::min(most, most_coming_moments)) {
    made.push_back(*moment);
    moment = next(*moment);
  }
  return made;
}

moment_plan plan_moments(const rule_trigger& of, const zone_clock& zone, const missed_policy& missed,
                         base::timestamp since, base::timestamp now) {
  const auto next = walk(of, zone);
  moment_plan made;
  std::size_t kept = 1;
  if (missed.kind == missed_kind::all)
    kept = static_cast<std::size_t>(std::clamp(missed.at_most.value_or(made_up_by_default), 1, most_missed_made_up));
  auto due = find_due(next, since, now, kept);
  made.next = next(now);
  if (due.last.empty()) return made;
  const bool is_left_out = missed.kind == missed_kind::skip && now - due.last.back() > moment_grace;
  if (is_left_out) {
    made.left_out = {due.count, due.first, due.last.back(), due.is_more};
    return made;
  }
  made.run.assign(due.last.begin(), due.last.end());
  if (due.before_kept)
    made.left_out = {due.count - static_cast<int>(due.last.size()), due.first, due.before_kept, due.is_more};
  return made;
}

}  // namespace pulse::domain::campaigns
