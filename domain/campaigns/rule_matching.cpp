#include "domain/campaigns/rule_matching.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "domain/campaigns/similarity.hpp"

namespace pulse::domain::campaigns {

namespace {

template <class T>
bool share_any(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&b](const T& each) { return std::find(b.begin(), b.end(), each) != b.end(); });
}

bool contains_any(const std::string& text, const std::vector<std::string>& words) {
  // As people compare texts: case, accents and punctuation make no difference.
  const auto plain = fmt::format(" {} ", normalized(text));
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const auto wanted = normalized(word);
    return wanted.empty() ? text.find(word) != std::string::npos : plain.find(wanted) != std::string::npos;
  });
}

bool is_within(const hours_of_day& hours, int minute) {
  if (hours.from_minute < hours.to_minute) return minute >= hours.from_minute && minute < hours.to_minute;
  return minute >= hours.from_minute || minute < hours.to_minute;
}

int minute_of_day(wall_time at) {
  const auto since_midnight = at - date::floor<date::days>(at);
  return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(since_midnight).count());
}

/// Whether what `from` brings about may be what `to` waits for.
bool leads_to(const rule_reach& from, const rule_reach& to) {
  if (to.trigger.kind != trigger_kind::event || !to.trigger.event) return false;
  if (from.action.kind != action_kind::make_content || from.project_id != to.project_id) return false;
  if (to.campaign_id && from.campaign_id != to.campaign_id) return false;
  const bool goes_out = release_of(from.action) != release_kind::draft;
  switch (*to.trigger.event) {
    case trigger_event::post_published:
    case trigger_event::post_published_partial:
    case trigger_event::post_failed:
      if (!goes_out) return false;
      return !to.conditions.channel_types || share_any(*to.conditions.channel_types, from.action_channels);
    case trigger_event::content_approved:
    case trigger_event::content_rejected: return from.action.needs_approval.value_or(false);
    case trigger_event::channel_auth_failed:  // whatever goes out: that is the platform's doing
    case trigger_event::campaign_activated: return false;
  }
  return false;
}

}  // namespace

std::optional<trigger_event> trigger_of(event_kind kind, std::optional<post_state> post) {
  if (kind == event_kind::ChannelAuthFailed) return trigger_event::channel_auth_failed;
  if (kind == event_kind::ContentApproved) return trigger_event::content_approved;
  if (kind == event_kind::ContentRejected) return trigger_event::content_rejected;
  if (kind == event_kind::CampaignActivated) return trigger_event::campaign_activated;
  const bool ends_delivery =
      kind == event_kind::PublishSucceeded || kind == event_kind::PublishFailed || kind == event_kind::PublishMissed;
  if (!ends_delivery || !post) return std::nullopt;
  if (*post == post_state::published) return trigger_event::post_published;
  if (*post == post_state::published_partial) return trigger_event::post_published_partial;
  if (*post == post_state::failed) return trigger_event::post_failed;
  return std::nullopt;
}

const std::vector<event_kind>& kinds_that_trigger() {
  static const std::vector<event_kind> kinds{event_kind::PublishSucceeded, event_kind::PublishFailed,
                                             event_kind::PublishMissed,    event_kind::ChannelAuthFailed,
                                             event_kind::ContentApproved,  event_kind::ContentRejected,
                                             event_kind::CampaignActivated};
  return kinds;
}

std::optional<condition> unmet(const rule_conditions& of, const occurrence& about, const zone_clock& zone) {
  if (of.channel_types && !share_any(*of.channel_types, about.channel_types)) return condition::channel_types;
  if (of.labels && !share_any(*of.labels, about.labels)) return condition::labels;
  if (of.text_contains && !contains_any(fmt::format("{}\n{}", about.title, about.text), *of.text_contains))
    return condition::text_contains;
  if (of.late_by_seconds && about.late_by_seconds.value_or(0) < *of.late_by_seconds) return condition::late_by_seconds;
  const auto shown = zone.wall_time_at(about.at);
  if (of.week_days) {
    const auto today = static_cast<week_day>(date::weekday{date::floor<date::days>(shown)}.c_encoding());
    if (std::find(of.week_days->begin(), of.week_days->end(), today) == of.week_days->end())
      return condition::week_days;
  }
  if (of.hours && !is_within(*of.hours, minute_of_day(shown))) return condition::hours;
  return std::nullopt;
}

hearing hear(const listening_rule& rule, const occurrence& about, const zone_clock& zone) {
  if (rule.trigger.kind != trigger_kind::event || !about.event || rule.trigger.event != about.event ||
      rule.project_id != about.project_id || (rule.campaign_id && rule.campaign_id != about.campaign_id))
    return {};
  if (const auto why = campaigns::unmet(rule.conditions, about, zone)) return {hearing_kind::unmet, why};
  if (std::find(about.origin.begin(), about.origin.end(), rule.id) != about.origin.end())
    return {hearing_kind::circle, {}};
  if (static_cast<int>(about.origin.size()) >= most_depth) return {hearing_kind::too_deep, {}};
  return {hearing_kind::run, {}};
}

std::vector<base::uuid> find_circle(const rule_reach& from, const std::vector<rule_reach>& others) {
  if (leads_to(from, from)) return {from.id, from.id};
  // Breadth first, so that the shortest way is told.
  std::unordered_map<base::uuid, base::uuid> came_from;
  std::vector<const rule_reach*> edge{&from};
  while (!edge.empty()) {
    std::vector<const rule_reach*> next;
    for (const auto* at : edge) {
      if (at != &from && leads_to(*at, from)) {
        std::vector<base::uuid> way{from.id};
        for (auto id = at->id; id != from.id; id = came_from.at(id)) way.insert(way.begin() + 1, id);
        way.push_back(from.id);
        return way;
      }
      for (const auto& other : others) {
        if (other.id == from.id || came_from.contains(other.id) || !leads_to(*at, other)) continue;
        came_from.emplace(other.id, at->id);
        next.push_back(&other);
      }
    }
    edge = std::move(next);
  }
  return {};
}

}  // namespace pulse::domain::campaigns
