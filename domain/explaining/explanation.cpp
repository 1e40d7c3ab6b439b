#include "domain/explaining/explanation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/core.h>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

namespace {

/// The order of events with the same timestamp: as they must have happened.
int rank(step_kind kind) {
  switch (kind) {
    case step_kind::written: return 0;
    case step_kind::scheduled:
    case step_kind::requested: return 1;
    case step_kind::due:
    case step_kind::resumed:
    case step_kind::channel_on:
    case step_kind::decided: return 2;
    case step_kind::throttled: return 3;
    case step_kind::permitted: return 4;
    case step_kind::attempt_begun: return 5;
    case step_kind::first_byte: return 6;
    case step_kind::edited:
    case step_kind::deleted:
    case step_kind::cancelled:
    case step_kind::paused:
    case step_kind::channel_off:
    case step_kind::published:
    case step_kind::failed:
    case step_kind::retry_scheduled:
    case step_kind::outcome_unknown:
    case step_kind::reconciled:
    case step_kind::unconfirmed:
    case step_kind::missed:
    case step_kind::asked:
    case step_kind::noted: return 7;
  }
  return 7;
}

/// Each due time that was not changed before it came; "publish now" has none.
void add_due(const story& in, std::vector<explained_step>& steps) {
  const auto given = times_given(in);
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto until = i + 1 < given.size() ? given[i + 1].at : in.end();
    if (given[i].is_at_once || given[i].due_at > until) continue;
    step_figures figures;
    figures.scheduled_at = given[i].due_at;
    steps.push_back({given[i].due_at, step_kind::due, decision_rule::schedule, "Its time came.", figures});
  }
}

/// The end of "2 of them …".
std::string_view became(delivery_state state, bool is_one) {
  switch (state) {
    case delivery_state::published: return "went out";
    case delivery_state::sending: return is_one ? "is going out" : "are going out";
    case delivery_state::waiting: return is_one ? "waits" : "wait";
    case delivery_state::unknown: return is_one ? "is being looked up" : "are being looked up";
    case delivery_state::unconfirmed: return is_one ? "needs a person's word" : "need a person's word";
    case delivery_state::failed: return "failed";
    case delivery_state::missed: return "came too late";
    case delivery_state::cancelled: return is_one ? "was cancelled" : "were cancelled";
  }
  return "";
}

}  // namespace

std::string sum_up(std::span<const delivery_state> deliveries) {
  constexpr std::array in_order{delivery_state::published,   delivery_state::sending,  delivery_state::waiting,
                                delivery_state::unconfirmed, delivery_state::unknown,  delivery_state::failed,
                                delivery_state::missed,      delivery_state::cancelled};
  if (deliveries.empty()) return "It goes to no channel.";
  std::vector<std::string> parts;
  for (const auto state : in_order) {
    const auto many = std::count(deliveries.begin(), deliveries.end(), state);
    if (many > 0) parts.push_back(fmt::format("{} {}", many, became(state, many == 1)));
  }
  std::string words =
      deliveries.size() == 1 ? "Of its one delivery, " : fmt::format("Of {} deliveries, ", deliveries.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) words += i + 1 == parts.size() ? " and " : ", ";
    words += parts[i];
  }
  return words + ".";
}

explanation explain(const recorded_delivery& of, const std::vector<recorded_event>& events, std::string_view time_zone,
                    base::timestamp now) {
  const story in{of, events, time_formatter{time_zone}, now, std::string{display_name(of.channel_type)}};
  explanation told;
  for (const auto& event : events) {
    add_steps_of(in, event, told.steps);
    if (auto step = first_byte_of(in, event)) told.steps.push_back(std::move(*step));
  }
  for (const auto& attempt : of.attempts) add_steps_of(in, attempt, told.steps);
  add_due(in, told.steps);
  std::stable_sort(told.steps.begin(), told.steps.end(), [](const explained_step& a, const explained_step& b) {
    return std::pair{a.at, rank(a.kind)} < std::pair{b.at, rank(b.kind)};
  });
  told.waits = waits_of(in);
  told.summary = summary_of(in, told);
  told.you_can = advice_for(in);
  // Names of people and channels are in all of them.
  for (auto& each : told.steps) each.sentence = in_reading_order(std::move(each.sentence));
  for (auto& each : told.waits) each.sentence = in_reading_order(std::move(each.sentence));
  told.summary = in_reading_order(std::move(told.summary));
  return told;
}

}  // namespace pulse::domain
