// Attempts whose end nobody saw: how they are reconciled with the platform, and which of its answers are believed when.
#include <algorithm>

#include <fmt/core.h>

#include "domain/publishing/deciding.hpp"

namespace pulse::domain {

namespace {

using base::timestamp;

constexpr std::string_view said_and_not_found =
    "the platform refuses it as a duplicate, and an earlier attempt may be what it speaks of, but it does not list it";

constexpr std::string_view interrupted =
    "the process that was publishing stopped in the middle; the platform is being asked whether the post is live";

}  // namespace

void deciding::on(const delivery_event::adopted&) {
  if (d().step != delivery_step::resting) return;
  const bool unsettled = d().state == delivery_state::sending || d().state == delivery_state::unknown;
  if (!unsettled) return;
  if (d().state == delivery_state::sending) d().is_interrupted = true;
  if (now_ < reconcile_time(d())) return add(delivery_effect::wake{reconcile_time(d())});
  if (now_ < d().deadline_at) {
    if (d().is_early_reconciliation_done) return add(delivery_effect::wake{d().deadline_at});
    doubt_attempt();
    return reconcile();
  }
  doubt_attempt();
  if (d().state == delivery_state::unknown) return reconcile();
  d().state = delivery_state::unknown;
  d().is_early_reconciliation_done = true;
  record({.kind = outcome_kind::unknown, .reason = std::string{interrupted}, .retryable = true});
}

void deciding::on(const delivery_event::reconciled& event) {
  if (d().step != delivery_step::reconciling) return;
  take_part(event.found);
  reconciled(event.found);
}

void deciding::send_again(const reconciliation& found) {
  const outcome as{.kind = outcome_kind::transient,
                   .external_id = found.external_id,
                   .external_url = found.external_url,
                   .reason = found.reason};
  if (d().is_interrupted ? !count_interruption(as) : !count_failure(as)) return;
  d().state = delivery_state::waiting;
  if (d().doubt_until) {
    const timestamp last = *d().doubt_until - rules_.call_timeout - rules_.deadline_margin;
    d().not_before = std::min(d().not_before, last);
  }
  d().not_before = std::max(d().not_before, now_);
  d().look_at.reset();
  record({.kind = as.kind, .reason = as.reason, .found = found_, .retryable = true, .published_nothing = true});
}

bool deciding::count_interruption(const outcome& result) {
  d().interruptions += 1;
  if (d().interruptions >= rules_.interruptions) {
    failed({.kind = result.kind,
            .external_id = result.external_id,
            .external_url = result.external_url,
            .reason =
                fmt::format("Pulse stopped {} times while it was sending this, and nothing of it is live, so it is not "
                            "tried again by itself. Tell the operator, and send it again when Pulse runs steadily",
                            d().interruptions)});
    return false;
  }
  if (const int nth = d().interruptions - interruptions_at_once; nth > 0)
    d().not_before = std::max<timestamp>(d().not_before, d().started_at + retry_delay(d().retry, nth, rules_.spread));
  return true;
}

void deciding::reconcile() {
  d().is_reconciliation_early = now_ < d().deadline_at;
  step(delivery_step::reconciling);
  add(delivery_effect::reconcile{});
}

void deciding::reconciled(const reconciliation& found) {
  found_ = found.kind;
  const bool is_early = d().is_reconciliation_early || now_ < d().deadline_at;
  if (is_early && found.kind != reconciliation_kind::live) return reconciled_early(found);
  if (!found.is_unauthorized) d().is_unauthorized = false;
  switch (found.kind) {
    case reconciliation_kind::live:
      if (found.goes_on) return part_out(found.external_id, found.external_url, found.reason);
      return published(found.external_id, found.external_url, outcome_kind::published, found.reason);
    case reconciliation_kind::absent:
      if (d().is_duplicate) return unconfirmed(said_and_not_found);
      d().doubt_until.reset();
      if (found.is_refused) return failed({.kind = outcome_kind::permission, .reason = found.reason});
      return send_again(found);
    case reconciliation_kind::repeat_tells:
      // Counted from the first attempt that may be live: a later one does not make it younger.
      d().doubt_until = std::min(d().doubt_until.value_or(base::timestamp::max()), found.repeat_until.value_or(now_));
      return send_again(found);
    case reconciliation_kind::cannot_know: return unconfirmed(found.reason);
    case reconciliation_kind::try_again: return reconcile_again(found);
  }
}

void deciding::reconciled_early(const reconciliation& found) {
  step(delivery_step::resting);
  d().is_early_reconciliation_done = true;
  if (found.kind == reconciliation_kind::try_again && found.retry_at) return leave_alone(found);
  reconcile_later(d().deadline_at);
}

void deciding::leave_alone(const reconciliation& found) {
  const auto at = std::clamp<timestamp>(*found.retry_at, now_ + least_reconcile_pause, now_ + longest_retry_after);
  if (at - now_ <= least_pause_stored) return reconcile_later(at);
  d().look_at = at;
  const bool is_new = d().state == delivery_state::sending;
  d().state = delivery_state::unknown;
  record({.kind = d().is_duplicate ? outcome_kind::duplicate : outcome_kind::unknown,
          .reason = is_new ? std::string{interrupted} : found.reason,
          .found = found_,
          .is_obeyed = true,
          .retryable = true});
}

void deciding::reconcile_again(const reconciliation& found) {
  step(delivery_step::resting);
  if (found.is_unauthorized) return reconcile_when_connected(found);
  if (found.retry_at) return leave_alone(found);
  d().failed_reconciliations += 1;
  if (d().failed_reconciliations >= most_reconciliations) return unconfirmed(found.reason);
  reconcile_later(now_ + retry_delay({.max_attempts = most_reconciliations, .retry_delay_seconds = 2},
                                     d().failed_reconciliations, rules_.spread));
}

void deciding::reconcile_when_connected(const reconciliation& found) {
  if (d().is_unauthorized) return reconcile_later(now_ + unauthorized_pause);
  d().is_unauthorized = true;
  record({.kind = d().is_duplicate ? outcome_kind::duplicate : outcome_kind::unknown,
          .reason = found.reason,
          .found = found_,
          .retryable = true,
          .disables_channel = true});
}

}  // namespace pulse::domain
