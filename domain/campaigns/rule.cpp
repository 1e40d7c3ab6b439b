#include "domain/campaigns/rule.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/core.h>

#include "base/blank.hpp"
#include "base/describe.hpp"
#include "domain/campaigns/rule_moments.hpp"
#include "domain/platforms/web_address.hpp"

namespace pulse::domain::campaigns {

namespace {

using mistakes = std::vector<rule_mistake>;

constexpr int minutes_of_day = 24 * 60;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.empty() || text[0] == '-') return std::nullopt;
  return value;
}

class checking {
 public:
  explicit checking(mistakes& to) : to_(to) {}

  void wrong(std::string pointer, std::string problem) { to_.push_back({std::move(pointer), std::move(problem)}); }

  template <class T>
  void needed(const base::omittable<T>& member, std::string pointer, std::string_view why) {
    if (!member) wrong(std::move(pointer), "is missing: " + std::string{why});
  }
  template <class T>
  void unused(const base::omittable<T>& member, bool is_used, std::string pointer, std::string_view why) {
    if (member && !is_used) wrong(std::move(pointer), "has no meaning " + std::string{why});
  }
  void within(const base::omittable<int>& member, std::string pointer, int lowest, int highest) {
    if (member && (*member < lowest || *member > highest))
      wrong(std::move(pointer), fmt::format("must be {} to {}", lowest, highest));
  }
  void few(std::size_t count, std::string pointer, std::size_t most) {
    if (count == 0) wrong(std::move(pointer), "must not be empty");
    if (count > most) wrong(std::move(pointer), fmt::format("has more than {} entries", most));
  }
  void words(const base::omittable<std::vector<std::string>>& member, const std::string& pointer) {
    if (!member) return;
    few(member->size(), pointer, most_condition_words);
    for (std::size_t i = 0; i < member->size() && i < most_condition_words; ++i) {
      const auto size = (*member)[i].size();
      if (size == 0 || size > most_condition_word_bytes)
        wrong(fmt::format("{}/{}", pointer, i), fmt::format("must have 1 to {} bytes", most_condition_word_bytes));
      // A blank would be in nearly every text.
      if (size > 0 && base::is_blank((*member)[i])) wrong(fmt::format("{}/{}", pointer, i), "must not be blank");
    }
  }

 private:
  mistakes& to_;
};

void check_trigger(checking& on, const rule_trigger& of, const zone_clock& zone, base::timestamp now) {
  const auto is = [&of](trigger_kind kind) { return of.kind == kind; };
  const std::string why = "for a trigger of kind " + std::string{base::to_name(of.kind)};
  on.unused(of.every_minutes, is(trigger_kind::interval) || is(trigger_kind::feed), "/trigger/every_minutes", why);
  on.unused(of.from, is(trigger_kind::interval), "/trigger/from", why);
  on.unused(of.cron, is(trigger_kind::cron), "/trigger/cron", why);
  on.unused(of.rrule, is(trigger_kind::rrule), "/trigger/rrule", why);
  on.unused(of.starts_at, is(trigger_kind::rrule), "/trigger/starts_at", why);
  on.unused(of.event, is(trigger_kind::event), "/trigger/event", why);
  on.unused(of.feed_url, is(trigger_kind::feed), "/trigger/feed_url", why);
  switch (of.kind) {
    case trigger_kind::interval:
      on.needed(of.every_minutes, "/trigger/every_minutes", "the minutes between two moments");
      on.within(of.every_minutes, "/trigger/every_minutes", shortest_interval_minutes, longest_interval_minutes);
      break;
    case trigger_kind::feed:
      on.needed(of.every_minutes, "/trigger/every_minutes", "the minutes between two looks at the feed");
      on.within(of.every_minutes, "/trigger/every_minutes", shortest_feed_minutes, longest_interval_minutes);
      on.needed(of.feed_url, "/trigger/feed_url", "the address of an RSS or Atom feed");
      break;
    case trigger_kind::cron: on.needed(of.cron, "/trigger/cron", "a cron expression of five fields"); break;
    case trigger_kind::rrule:
      on.needed(of.rrule, "/trigger/rrule", "a recurrence rule, such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0");
      on.needed(of.starts_at, "/trigger/starts_at", "when it begins, such as 2026-11-30T09:00");
      break;
    case trigger_kind::event: on.needed(of.event, "/trigger/event", "what to wait for"); break;
  }
  const auto problem = schedule_problem(of, zone, now);
  if (problem) on.wrong(problem->pointer, problem->problem);
}

void check_conditions(checking& on, const rule_conditions& of, const rule_trigger& trigger) {
  const bool is_event = trigger.kind == trigger_kind::event && trigger.event.has_value();
  const auto happened = trigger.event.value_or(trigger_event::campaign_activated);
  const bool is_of_post =
      is_event && (happened == trigger_event::post_published || happened == trigger_event::post_published_partial ||
                   happened == trigger_event::post_failed);
  const bool is_of_content =
      is_event && (happened == trigger_event::content_approved || happened == trigger_event::content_rejected);
  const bool has_channel = is_of_post || (is_event && happened == trigger_event::channel_auth_failed);
  constexpr std::string_view why = "for what sets this rule off";
  on.unused(of.channel_types, has_channel, "/conditions/channel_types", why);
  on.unused(of.labels, is_event, "/conditions/labels", why);
  on.unused(of.text_contains, is_of_post || is_of_content || trigger.kind == trigger_kind::feed,
            "/conditions/text_contains", why);
  on.unused(of.late_by_seconds, is_of_post, "/conditions/late_by_seconds", why);
  if (of.channel_types && of.channel_types->empty())
    on.wrong("/conditions/channel_types", "must not be empty: leave it out for all");
  if (of.week_days && of.week_days->empty()) on.wrong("/conditions/week_days", "must not be empty");
  on.words(of.labels, "/conditions/labels");
  on.words(of.text_contains, "/conditions/text_contains");
  on.within(of.late_by_seconds, "/conditions/late_by_seconds", 1, 31 * 86'400);
  if (of.hours) {
    on.within(of.hours->from_minute, "/conditions/hours/from_minute", 0, minutes_of_day - 1);
    on.within(of.hours->to_minute, "/conditions/hours/to_minute", 0, minutes_of_day - 1);
    if (of.hours->from_minute == of.hours->to_minute)
      on.wrong("/conditions/hours", "must end at another time than it begins");
  }
}

void check_content(checking& on, const rule_action& of) {
  on.needed(of.template_id, "/action/template_id", "the template that the content is written from");
  const auto release = release_of(of);
  const std::string why = "when what is made is released by " + std::string{base::to_name(release)};
  on.unused(of.after_minutes, release == release_kind::after, "/action/after_minutes", why);
  on.unused(of.slots, release == release_kind::next_slot, "/action/slots", why);
  if (release == release_kind::after) on.needed(of.after_minutes, "/action/after_minutes", "how long it waits");
  on.within(of.after_minutes, "/action/after_minutes", 1, longest_hold_minutes);
  if (release == release_kind::next_slot) on.needed(of.slots, "/action/slots", "the times of day, such as 09:00");
  if (of.slots) {
    on.few(of.slots->size(), "/action/slots", most_slots);
    for (std::size_t i = 0; i < of.slots->size() && i < most_slots; ++i) {
      if (!parse_time_of_day((*of.slots)[i]))
        on.wrong("/action/slots/" + std::to_string(i), "must be a time of day, such as 09:00");
    }
  }
  if (of.channel_ids) on.few(of.channel_ids->size(), "/action/channel_ids", most_action_channels);
  if (of.values) {
    if (of.values->size() > most_action_values)
      on.wrong("/action/values", fmt::format("has more than {} entries", most_action_values));
    for (const auto& [name, value] : *of.values) {
      if (value.size() > most_action_value_bytes)
        on.wrong("/action/values/" + name, fmt::format("has more than {} bytes", most_action_value_bytes));
    }
  }
}

void check_action(checking& on, const rule_action& of) {
  const bool is_content = of.kind == action_kind::make_content;
  const std::string why = "for an action of kind " + std::string{base::to_name(of.kind)};
  on.unused(of.template_id, is_content, "/action/template_id", why);
  on.unused(of.source, is_content, "/action/source", why);
  on.unused(of.values, is_content, "/action/values", why);
  on.unused(of.channel_ids, is_content, "/action/channel_ids", why);
  on.unused(of.release, is_content, "/action/release", why);
  on.unused(of.needs_approval, is_content, "/action/needs_approval", why);
  on.unused(of.member_ids, !is_content, "/action/member_ids", why);
  on.unused(of.message, !is_content, "/action/message", why);
  if (is_content) return check_content(on, of);
  on.unused(of.after_minutes, false, "/action/after_minutes", why);
  on.unused(of.slots, false, "/action/slots", why);
  on.needed(of.member_ids, "/action/member_ids", "the members to tell");
  if (of.member_ids) on.few(of.member_ids->size(), "/action/member_ids", most_notified);
  on.needed(of.message, "/action/message", "what to tell them");
  if (of.message && (of.message->empty() || of.message->size() > most_action_value_bytes))
    on.wrong("/action/message", fmt::format("must have 1 to {} bytes", most_action_value_bytes));
  if (of.message && !of.message->empty() && base::is_blank(*of.message))
    on.wrong("/action/message", "must not be blank");
}

}  // namespace

std::vector<rule_mistake> check(const rule_words& rule, const zone_clock& zone, base::timestamp now) {
  mistakes found;
  checking on{found};
  check_trigger(on, rule.trigger, zone, now);
  check_conditions(on, rule.conditions, rule.trigger);
  check_action(on, rule.action);
  on.unused(rule.missed.at_most, rule.missed.kind == missed_kind::all, "/missed/at_most",
            "unless all missed moments are made up for");
  on.within(rule.missed.at_most, "/missed/at_most", 1, most_missed_made_up);
  return found;
}

std::optional<int> parse_time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

std::optional<wall_time> parse_wall_time(std::string_view text) {
  if ((text.size() != 16 && text.size() != 19) || text[10] != 'T') return std::nullopt;
  // The same digits, read as if they were of UTC.
  auto as_utc = std::string{text} + (text.size() == 16 ? ":00Z" : "Z");
  const auto at = base::parse_timestamp(as_utc);
  if (!at) return std::nullopt;
  return wall_time{std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch()};
}

}  // namespace pulse::domain::campaigns
