#include "domain/events/publish_event.hpp"

#include <utility>

namespace pulse::domain {

namespace {

double milliseconds_of(std::chrono::microseconds span) { return static_cast<double>(span.count()) / 1000.0; }

/// The rule and the figures by which a delivery waits, or no longer does.
void explain_wait(attempt_facts& about, const delivery& after, const delivery_effect::commit_change& change) {
  const bool is_late = after.is_asked || after.state == delivery_state::missed;
  if (is_late) {
    about.lateness_policy = after.lateness.action;
    about.lateness_after_seconds = after.lateness.after.count();
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

attempt_facts facts_of(const delivery& after, const delivery_effect::commit_change& change, channel_type type,
                       const call_times& times, base::timestamp now) {
  attempt_facts about;
  about.external_post_id = change.external_id;
  if (times.duration) about.publish_duration_ms = milliseconds_of(*times.duration);
  if (after.attempt > 0) about.publish_latency_ms = milliseconds_of(now - after.due_at);
  if (times.first_byte_at) about.lateness_ms = milliseconds_of(*times.first_byte_at - after.due_at);
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
    case delivery_state::cancelled: return publish_cancelled{{}, {}, type};
    case delivery_state::sending: return publish_started{{}, after.attempt, {}, type};
  }
  return publish_started{{}, after.attempt, {}, type};
}

}  // namespace pulse::domain
