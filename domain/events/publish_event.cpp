#include "domain/events/publish_event.hpp"

#include <utility>

namespace pulse::domain {

namespace {

double milliseconds_of(std::chrono::microseconds span) { return static_cast<double>(span.count()) / 1000.0; }

/// The rule and the figures by which a delivery waits or no longer waits.
void explain_wait(attempt_facts& about, const delivery& after, const delivery_effect::commit_change& change) {
  const bool is_late = after.is_asked || after.state == delivery_state::missed;
  if (is_late) {
    about.lateness_policy = after.lateness.action;
    about.lateness_after_seconds = after.lateness.after.count();
  } else if (after.state == delivery_state::waiting && change.kind == outcome_kind::published) {
    about.next_part_at = after.not_before;
  } else if (after.state == delivery_state::waiting && !change.disables_channel) {
    about.retry_at = after.not_before;
    about.obeyed = change.is_obeyed ? "platform" : "policy";
  } else if (after.state == delivery_state::unknown) {
    about.look_at = after.look_at;
  }
  if (change.published_nothing && after.is_interrupted && after.interruptions > 0)
    about.interruptions = after.interruptions;
  if (after.failures == 0 || is_late) return;
  about.failures = after.failures;
  about.max_attempts = after.retry.max_attempts;
  about.backoff_strategy = after.retry.strategy;
  about.retry_delay_seconds = after.retry.retry_delay_seconds;
}

/// Which part of a thread it is about, and how many are out with it.
void place_in_thread(attempt_facts& about, const delivery_effect::commit_change& change) {
  if (change.parts == 0) return;
  about.part = change.part;
  about.parts = change.parts;
  const bool is_out =
      change.kind == outcome_kind::published || (change.kind == outcome_kind::duplicate && change.success);
  about.parts_out = is_out ? change.part : change.part - 1;
}

/// A thread is as late as its first part, because people see the post when that is there.
std::optional<std::chrono::microseconds> lateness_of(const delivery& after,
                                                     const delivery_effect::commit_change& change,
                                                     const call_times& times) {
  if (change.part > 1) return after.began_late;
  if (times.first_byte_at) return *times.first_byte_at - after.due_at;
  return std::nullopt;
}

attempt_facts facts_of(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                       const call_times& times, base::timestamp now) {
  attempt_facts about;
  about.external_post_id = change.external_id;
  if (times.duration) about.publish_duration_ms = milliseconds_of(*times.duration);
  if (after.attempt > 0) about.publish_latency_ms = milliseconds_of(now - after.due_at);
  if (const auto late = lateness_of(after, change, times)) about.lateness_ms = milliseconds_of(*late);
  about.adapter_type = type;
  about.platform = type;
  about.channel_type = type;
  about.retry_count = after.attempt > 0 ? after.attempt - 1 : 0;
  about.success = change.success;
  about.retryable = change.retryable;
  if (!change.reason.empty()) about.reason = change.reason;
  about.outcome = change.kind;
  if (change.never_called) about.was_called = false;
  about.reconciliation = change.found;
  place_in_thread(about, change);
  explain_wait(about, after, change);
  return about;
}

}  // namespace

event_facts describe_change(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                            const call_times& times, base::timestamp now) {
  auto about = facts_of(after, change, type, times, now);
  if (change.disables_channel) {
    channel_auth_failed made{std::move(about), {}};
    if (after.state == delivery_state::unknown) made.may_be_live = true;
    return made;
  }
  switch (after.state) {
    case delivery_state::published: return publish_succeeded{std::move(about)};
    case delivery_state::failed: return publish_failed{std::move(about)};
    case delivery_state::unknown: return publish_outcome_unknown{std::move(about)};
    case delivery_state::unconfirmed: return publish_unconfirmed{std::move(about), {}};
    case delivery_state::missed: return publish_missed{std::move(about)};
    case delivery_state::waiting:
      if (after.is_asked) return lateness_asked{std::move(about)};
      return publish_retry_scheduled{std::move(about)};
    case delivery_state::cancelled: return publish_cancelled{.channel_name = {}, .because = {}, .platform = type};
    case delivery_state::sending: return publish_started{{}, after.attempt, {}, type};
  }
  return publish_started{{}, after.attempt, {}, type};
}

}  // namespace pulse::domain
