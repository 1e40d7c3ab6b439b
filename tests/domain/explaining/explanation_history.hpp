// A delivery and its history, made by hand, for tests of explanations.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/describe.hpp"
#include "base/json.hpp"
#include "domain/events/publish_event.hpp"
#include "domain/events/sentences.hpp"
#include "domain/explaining/explanation.hpp"

namespace pulse::domain::stories {

using namespace std::chrono_literals;

inline const base::timestamp written = *base::parse_timestamp("2026-11-23T10:00:00Z");
inline const base::timestamp due = *base::parse_timestamp("2026-11-24T08:00:00Z");
inline const auto id = base::uuid_from_name("delivery");
inline const auto channel_id = base::uuid_from_name("channel");

/// A delivery and its history, made by hand.
struct history {
  recorded_delivery row;
  std::vector<recorded_event> events;

  history() {
    row.id = id;
    row.channel_id = channel_id;
    row.channel_type = channel_type::x;
    row.channel_name = "X @acme";
    row.created_at = written;
    row.due_at = row.not_before = due;
    row.lease_until = due + 24h;
    add(written, "PostCreated", "Anna").delivery_id.reset();
    add(written, "PublishScheduled", "Anna").about.scheduled_at = due;
  }

  recorded_event& add(base::timestamp at, std::string_view type, std::string by = {}, std::string message = {}) {
    recorded_event event;
    event.id = static_cast<std::int64_t>(events.size()) + 1;
    event.at = at;
    event.kind = base::from_name<event_kind>(type);
    event.message = std::move(message);
    event.by = std::move(by);
    event.delivery_id = id;
    event.channel_id = channel_id;
    return events.emplace_back(std::move(event));
  }

  /// Something above the delivery.
  recorded_event& add_above(base::timestamp at, std::string_view type, std::string by = {}, std::string message = {}) {
    auto& event = add(at, type, std::move(by), std::move(message));
    event.delivery_id.reset();
    if (!type.starts_with("Channel")) event.channel_id.reset();
    return event;
  }

  /// A change as the engine tells it.
  void change(base::timestamp at, const delivery& after, const delivery_effect::commit_change& what,
              std::optional<base::timestamp> first_byte_at = std::nullopt, std::chrono::microseconds took = 212ms) {
    call_times times;
    if (first_byte_at) times = {*first_byte_at, took};
    const auto facts = describe_change(after, what, channel_type::x, times, at);
    auto& event = add(at, base::to_name(kind_of(facts)), {}, sentence_of(facts));
    const auto kept = boost::json::parse(to_json(facts)).as_object();
    event.about = base::json::read_known<step_figures>(kept);
    event.about.attempt = std::max(after.attempt, 1);
    if (!what.reason.empty()) event.reason = what.reason;
    row.state = after.state;
    row.attempt = after.attempt;
    row.failures = after.failures;
    row.not_before = after.not_before;
    row.external_id = what.external_id;
    row.external_url = what.external_url;
    if (!what.reason.empty()) row.reason = what.reason;
    if (is_settled(after.state) && after.state != delivery_state::unconfirmed) row.finished_at = at;
  }

  recorded_attempt& begin(int number, base::timestamp at) {
    recorded_attempt made;
    made.number = number;
    made.started_at = at;
    made.deadline_at = at + 12s;
    made.asked_at = at;
    made.permitted_at = at;
    row.attempt = number;
    return row.attempts.emplace_back(made);
  }

  explanation told(base::timestamp now) const {
    auto sorted = events;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return explain(row, sorted, "Europe/Amsterdam", now);
  }
};

inline delivery after(delivery_state state, int attempt = 1, int failures = 0) {
  delivery d;
  d.id = id;
  d.state = state;
  d.due_at = d.not_before = due;
  d.attempt = attempt;
  d.failures = failures;
  return d;
}

inline std::vector<step_kind> kinds_of(const explanation& told) {
  std::vector<step_kind> kinds;
  for (const auto& each : told.steps) kinds.push_back(each.kind);
  return kinds;
}

inline std::string names_of(const std::vector<step_kind>& kinds) {
  std::string names;
  for (const auto kind : kinds) names += std::string{base::to_name(kind)} + " ";
  return names;
}

inline const explained_step& find(const explanation& told, step_kind kind) {
  const auto found = std::find_if(told.steps.begin(), told.steps.end(),
                                  [kind](const explained_step& each) { return each.kind == kind; });
  INFO("no step " << base::to_name(kind) << " in " << names_of(kinds_of(told)));
  REQUIRE(found != told.steps.end());
  return *found;
}

inline void publish(history& of, base::timestamp at, int attempt = 1) {
  of.change(at + 216ms, after(delivery_state::published, attempt),
            {.external_id = "1234", .external_url = "https://x.com/acme/1234", .success = true}, at + 4ms);
}

}  // namespace pulse::domain::stories
