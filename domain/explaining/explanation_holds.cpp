// What kept a delivery from starting, and from when to when. See domain/explaining/explanation_steps.hpp.
#include <algorithm>
#include <array>
#include <utility>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

namespace {

/// How an event opens or closes a hold.
struct turn {
  event_kind by;
  hold_kind kind;
  bool is_start;
};

constexpr std::array turns{
    turn{event_kind::ChannelAuthFailed, hold_kind::channel_off, true},
    turn{event_kind::ChannelSwitchedOff, hold_kind::channel_off, true},
    turn{event_kind::ChannelReconnected, hold_kind::channel_off, false},
    turn{event_kind::ChannelSwitchedOn, hold_kind::channel_off, false},
    turn{event_kind::ChannelPaused, hold_kind::channel_paused, true},
    turn{event_kind::ChannelResumed, hold_kind::channel_paused, false},
    turn{event_kind::ProjectPaused, hold_kind::project_paused, true},
    turn{event_kind::ProjectResumed, hold_kind::project_paused, false},
    turn{event_kind::CompanyPaused, hold_kind::company_paused, true},
    turn{event_kind::CompanyResumed, hold_kind::company_paused, false},
};

/// Since when it would have been ready at `at` if nothing had held it; nothing when it was not due, or was being sent.
std::optional<base::timestamp> ready_since(const story& in, base::timestamp at) {
  auto ready = due_by(in, at);
  for (const auto& event : in.events) {
    if (event.delivery_id != in.of.id || event.at > at) continue;
    if (event.about.retry_at) ready = std::max(ready.value_or(*event.about.retry_at), *event.about.retry_at);
    if (event.kind == event_kind::ChannelAuthFailed) ready = std::max(ready.value_or(event.at), event.at);
  }
  if (!ready || *ready > at) return std::nullopt;
  for (const auto& attempt : in.of.attempts) {
    if (attempt.started_at >= *ready && attempt.started_at < at) return std::nullopt;
  }
  return ready;
}

}  // namespace

std::vector<hold> holds_of(const story& in) {
  std::vector<hold> open;
  std::vector<hold> over;
  for (const auto& event : in.events) {
    if (event.at > in.end() || (event.channel_id && *event.channel_id != in.of.channel_id)) continue;
    const auto found =
        std::find_if(turns.begin(), turns.end(), [&](const turn& each) { return each.by == event.kind; });
    if (found == turns.end()) continue;
    const auto known =
        std::find_if(open.begin(), open.end(), [&](const hold& each) { return each.kind == found->kind; });
    if (found->is_start) {
      if (known == open.end()) {
        open.push_back({found->kind, event.at, in.end()});
      } else if (found->kind != hold_kind::channel_off) {
        // What is paused cannot be paused again: the end of the pause before is not recorded here.
        known->from = event.at;
      }
      continue;
    }
    over.push_back({found->kind, std::nullopt, event.at});
    if (known == open.end()) continue;
    over.back().from = known->from;
    open.erase(known);
  }
  over.insert(over.end(), open.begin(), open.end());
  return over;
}

std::string held_words(const story& in, const hold& by) {
  std::string words;
  switch (by.kind) {
    case hold_kind::channel_off: words = "the channel was switched off"; break;
    case hold_kind::channel_paused: words = "the channel was paused"; break;
    case hold_kind::project_paused: words = "the project was paused"; break;
    case hold_kind::company_paused: words = "the company was paused"; break;
  }
  if (by.from) words += " from " + in.clock.format(*by.from);
  return words + (by.from ? " to " : " until ") + in.clock.format(by.to);
}

std::optional<hold> hold_ended_by(const story& in, const recorded_event& event) {
  for (const auto& each : holds_of(in)) {
    const auto is_end = [&](const turn& of) { return !of.is_start && of.kind == each.kind && of.by == event.kind; };
    if (each.to == event.at && std::any_of(turns.begin(), turns.end(), is_end) && ready_since(in, event.at))
      return each;
  }
  return std::nullopt;
}

std::string why_late(const story& in, const explanation& told, base::timestamp sent_at) {
  const auto due_at = in.of.due_at.value_or(sent_at);
  std::string why;
  auto longest = std::chrono::microseconds{0};
  const auto consider = [&](base::timestamp from, base::timestamp to, std::string words) {
    const auto span = std::min(to, sent_at) - std::max(from, due_at);
    if (span <= longest) return;
    longest = span;
    why = std::move(words);
  };
  for (const auto& each : holds_of(in))
    consider(each.from.value_or(due_at), each.to, ", because " + held_words(in, each));
  for (const auto& each : told.steps) {
    const auto& figures = each.figures;
    if (each.kind == step_kind::throttled && figures.until)
      consider(each.at, *figures.until, ", because a budget of posts was used up");
    if (each.kind == step_kind::retry_scheduled && figures.retry_at)
      consider(each.at, *figures.retry_at, ", because an attempt before it had failed");
  }
  return why;
}

}  // namespace pulse::domain
