// An automation rule: its trigger, its conditions and its action. It is a closed set of small structs and no language:
// what stands here is all that a rule can express.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/omittable.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/calendar/local_time.hpp"
#include "domain/platforms/channel_type.hpp"

namespace pulse::domain::campaigns {

/// Rules of one project.
inline constexpr int most_rules_of_project = 500;
/// Words or labels of one condition, and bytes of each.
inline constexpr std::size_t most_condition_words = 50;
inline constexpr std::size_t most_condition_word_bytes = 200;
/// Values that an action gives to its template, and bytes of each.
inline constexpr std::size_t most_action_values = 50;
inline constexpr std::size_t most_action_value_bytes = 2'000;
inline constexpr std::size_t most_action_channels = 50;
inline constexpr std::size_t most_slots = 24;
inline constexpr std::size_t most_notified = 20;
/// Minutes between two runs of an interval, and between two polls of a feed.
inline constexpr int shortest_interval_minutes = 1;
inline constexpr int shortest_feed_minutes = 5;
inline constexpr int longest_interval_minutes = 366 * 24 * 60;
/// Minutes for which a rule may hold back what it has made.
inline constexpr int longest_hold_minutes = 60 * 24 * 60;
/// Maximum number of missed runs that are made up for after an outage.
inline constexpr int most_missed_made_up = 50;

enum class trigger_kind : std::uint8_t {
  interval,  // every so many minutes
  cron,      // a cron expression on the project's wall clock
  rrule,     // a recurrence rule of RFC 5545 on the project's wall clock
  event,     // something that has happened here
  feed,      // a new item in an RSS or Atom feed
};
BOOST_DESCRIBE_ENUM(trigger_kind, interval, cron, rrule, event, feed)

/// What a rule may wait for.
enum class trigger_event : std::uint8_t {
  post_published,          // all of a post is out
  post_published_partial,  // some of it is out, and the rest has failed
  post_failed,             // none of it went out
  channel_auth_failed,     // a platform refuses a channel's account
  content_approved,
  content_rejected,
  campaign_activated,
};
BOOST_DESCRIBE_ENUM(trigger_event, post_published, post_published_partial, post_failed, channel_auth_failed,
                    content_approved, content_rejected, campaign_activated)

/// `kind` says which of the others are there; all others are left out.
struct rule_trigger {
  trigger_kind kind = trigger_kind::interval;
  base::omittable<int> every_minutes;     // interval, feed
  base::omittable<base::timestamp> from;  // interval: its first moment
  base::omittable<std::string> cron;
  base::omittable<std::string> rrule;
  base::omittable<std::string> starts_at;  // rrule: the wall-clock time of its first occurrence, "2026-11-30T09:00"
  base::omittable<trigger_event> event;
  base::omittable<std::string> feed_url;
};
BOOST_DESCRIBE_STRUCT(rule_trigger, (), (kind, every_minutes, from, cron, rrule, starts_at, event, feed_url))

enum class week_day : std::uint8_t { sunday, monday, tuesday, wednesday, thursday, friday, saturday };
BOOST_DESCRIBE_ENUM(week_day, sunday, monday, tuesday, wednesday, thursday, friday, saturday)

/// From `from_minute` of the day to before `to_minute`, on the project's wall clock; `from` after `to` spans midnight.
struct hours_of_day {
  int from_minute = 0;  // 0 to 1439
  int to_minute = 0;

  friend bool operator==(const hours_of_day&, const hours_of_day&) = default;
};
BOOST_DESCRIBE_STRUCT(hours_of_day, (), (from_minute, to_minute))

/// Those that are there must all hold.
struct rule_conditions {
  base::omittable<std::vector<channel_type>> channel_types;  // it happened on a channel of one of these
  base::omittable<std::vector<std::string>> labels;          // the campaign has one of these
  base::omittable<std::vector<std::string>> text_contains;   // its title or text has one of these, whatever the case
  base::omittable<int> late_by_seconds;                      // it went out at least so late
  base::omittable<std::vector<week_day>> week_days;          // today is one of these
  base::omittable<hours_of_day> hours;                       // it is between these times
};
BOOST_DESCRIBE_STRUCT(rule_conditions, (), (channel_types, labels, text_contains, late_by_seconds, week_days, hours))

enum class action_kind : std::uint8_t {
  make_content,  // write a content item from a template, and do with it what `release` says
  notify,        // mail members
};
BOOST_DESCRIBE_ENUM(action_kind, make_content, notify)

enum class text_source : std::uint8_t {
  plain,  // the template's text, filled in
  ai,     // the AI provider's answer to the template's prompt
};
BOOST_DESCRIBE_ENUM(text_source, plain, ai)

/// The next step of written content.
enum class release_kind : std::uint8_t {
  draft,      // it waits for a person
  publish,    // it goes out at once
  after,      // it goes out so many minutes later
  next_slot,  // it goes out at the next of the day's times at which nothing else is planned
};
BOOST_DESCRIBE_ENUM(release_kind, draft, publish, after, next_slot)

/// `kind` and `release` say which of the others are there.
struct rule_action {
  action_kind kind = action_kind::make_content;
  base::omittable<base::uuid> template_id;
  base::omittable<text_source> source;                         // plain when left out
  base::omittable<std::map<std::string, std::string>> values;  // for the template's variables
  base::omittable<std::vector<base::uuid>> channel_ids;        // all active channels of the project when left out
  base::omittable<release_kind> release;                       // draft when left out
  base::omittable<bool> needs_approval;                        // somebody must approve it before that
  base::omittable<int> after_minutes;
  base::omittable<std::vector<std::string>> slots;  // "09:00", on the project's wall clock
  base::omittable<std::vector<base::uuid>> member_ids;
  base::omittable<std::string> message;
};
BOOST_DESCRIBE_STRUCT(rule_action, (),
                      (kind, template_id, source, values, channel_ids, release, needs_approval, after_minutes, slots,
                       member_ids, message))

inline release_kind release_of(const rule_action& of) { return of.release.value_or(release_kind::draft); }
inline bool is_ai(const rule_action& of) { return of.source.value_or(text_source::plain) == text_source::ai; }

/// What happens to runs that were missed because no process was there.
enum class missed_kind : std::uint8_t {
  skip,  // they are left out
  last,  // the last of them is made up for
  all,   // all of them, the last `at_most`
};
BOOST_DESCRIBE_ENUM(missed_kind, skip, last, all)

struct missed_policy {
  missed_kind kind = missed_kind::last;
  base::omittable<int> at_most;  // of all: 1 to most_missed_made_up, 10 when left out
};
BOOST_DESCRIBE_STRUCT(missed_policy, (), (kind, at_most))

/// The definition of a rule.
struct rule_words {
  rule_trigger trigger;
  rule_conditions conditions;
  rule_action action;
  missed_policy missed;
};

/// Why a rule cannot be as it is: a JSON pointer into {trigger, conditions, action, missed}, and the end of a sentence.
struct rule_mistake {
  std::string pointer;
  std::string problem;
};

/// All that is wrong with the rule by itself; an address of a feed is judged by its form only. A schedule that never
/// comes is wrong.
std::vector<rule_mistake> check(const rule_words& rule, const zone_clock& zone, base::timestamp now);

/// Whether it runs by the clock.
constexpr bool is_by_clock(trigger_kind kind) {
  switch (kind) {
    case trigger_kind::interval:
    case trigger_kind::cron:
    case trigger_kind::rrule: return true;
    case trigger_kind::event:
    case trigger_kind::feed: return false;
  }
  return false;
}

/// "09:00" in minutes of the day; nothing when it is no time of day.
std::optional<int> parse_time_of_day(std::string_view text);
/// Reads "2026-11-30T09:00", with or without seconds; nothing for anything else.
std::optional<wall_time> parse_wall_time(std::string_view text);

}  // namespace pulse::domain::campaigns
