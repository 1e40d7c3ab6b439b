// The steps of an attempt, from its row and the due times. See domain/explaining/explanation_steps.hpp.
#include <utility>

#include <fmt/core.h>

#include "domain/explaining/explanation_steps.hpp"

namespace pulse::domain {

using std::chrono::microseconds;

namespace {

/// Every attempt had its permit. Only one that had to wait for it has a time of its own; the others began with it.
explained_step permit_of(const recorded_attempt& attempt) {
  step_figures figures;
  figures.attempt = attempt.number;
  figures.asked_at = attempt.asked_at;
  const auto at = attempt.permitted_at.value_or(attempt.started_at);
  const auto waited = at - attempt.asked_at.value_or(at);
  auto words = attempt.throttled_until
                   ? fmt::format("The rate limits let it start, {} after it was ready.", format_span(waited))
                   : std::string{"No rate limit held it back."};
  return {at, step_kind::permitted, decision_rule::rate_limit, std::move(words), std::move(figures)};
}

}  // namespace

void add_steps_of(const story& in, const recorded_attempt& attempt, std::vector<explained_step>& to) {
  if (attempt.throttled_until && attempt.asked_at) {
    auto figures = attempt.budget;
    figures.attempt = attempt.number;
    figures.asked_at = attempt.asked_at;
    figures.until = attempt.throttled_until;
    to.push_back({*attempt.asked_at, step_kind::throttled, decision_rule::rate_limit,
                  as_sentence(throttle_words(in, figures)), figures});
  }
  to.push_back(permit_of(attempt));
  step_figures figures;
  figures.attempt = attempt.number;
  figures.until = attempt.deadline_at;
  figures.outcome = attempt.outcome;
  to.push_back(
      {attempt.started_at, step_kind::attempt_begun, decision_rule::intent_before_send,
       fmt::format(
           "Attempt {} began. It was written down before anything was sent, so that the post cannot go out twice.",
           attempt.number),
       figures});
}

std::vector<time_given> times_given(const story& in) {
  std::vector<time_given> given;
  for (const auto& event : in.events) {
    if (event.delivery_id && *event.delivery_id != in.of.id) continue;
    const bool is_at_once = event.kind == event_kind::PublishRequested;
    if (!is_at_once && event.kind != event_kind::PublishScheduled) continue;
    given.push_back({event.at, event.about.scheduled_at.value_or(event.at), is_at_once});
  }
  if (given.empty() && in.of.due_at) given.push_back({in.of.created_at, *in.of.due_at});
  return given;
}

std::optional<base::timestamp> due_by(const story& in, base::timestamp at) {
  std::optional<base::timestamp> due_at;
  for (const auto& given : times_given(in)) {
    if (given.at <= at) due_at = given.due_at;
  }
  return due_at;
}

std::optional<explained_step> first_byte_of(const story& in, const recorded_event& event) {
  if (event.delivery_id != in.of.id || !event.about.lateness_ms) return std::nullopt;
  // Events of later parts repeat the lateness of the first one.
  if (event.about.parts_out && event.about.part != 1) return std::nullopt;
  const auto due_at = due_by(in, event.at);
  if (!due_at) return std::nullopt;
  const auto late = span_of(*event.about.lateness_ms);
  const auto at = *due_at + late;
  step_figures figures;
  figures.attempt = event.about.attempt;
  figures.lateness_ms = event.about.lateness_ms;
  const auto how = late < microseconds{1'000} ? std::string{"on time"} : format_span(late) + " late";
  return explained_step{at, step_kind::first_byte, decision_rule::schedule,
                        fmt::format("It began to leave for {} at {}, {}.", in.platform, in.clock.format_clock(at), how),
                        figures};
}

}  // namespace pulse::domain
