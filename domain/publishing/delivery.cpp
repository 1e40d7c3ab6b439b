#include "domain/publishing/delivery.hpp"

#include <algorithm>

#include "domain/publishing/deciding.hpp"

namespace pulse::domain {

namespace {

using base::timestamp;
using std::chrono::milliseconds;

constexpr std::string_view doubt_is_over =
    "an earlier attempt may be live, and the time in which sending again would have told is over";

}  // namespace

base::timestamp ready_at(const delivery& of) { return std::max(of.due_at, of.not_before); }

base::timestamp reconcile_time(const delivery& of) {
  return of.look_at ? std::max(*of.look_at, of.started_at) : of.started_at;
}

base::timestamp may_be_live_since(const delivery& of) {
  if (of.live_since) return *of.live_since;
  return of.may_be_live && of.attempt > 1 ? std::min(of.due_at, of.started_at) : of.started_at;
}

bool occupies_channel(delivery_step step) {
  switch (step) {
    case delivery_step::asking:
    case delivery_step::claiming:
    case delivery_step::confirming:
    case delivery_step::calling: return true;
    case delivery_step::resting:
    case delivery_step::recording:
    case delivery_step::reconciling: return false;
  }
  return false;
}

bool is_settled(delivery_state state) {
  switch (state) {
    case delivery_state::waiting:
    case delivery_state::sending:
    case delivery_state::unknown: return false;
    case delivery_state::published:
    case delivery_state::failed:
    case delivery_state::unconfirmed:
    case delivery_state::cancelled:
    case delivery_state::missed: return true;
  }
  return true;
}

decision decide(const delivery& current, const delivery_input& input, timestamp now, const delivery_rules& rules) {
  deciding making{current, now, rules};
  std::visit([&making](const auto& event) { making.on(event); }, input);
  return making.take();
}

// --- an attempt begins -----------------------------------------------------------------------------------------------

void deciding::on(const delivery_event::due&) {
  if (d().state != delivery_state::waiting || d().step != delivery_step::resting) return;
  if (d().is_asked) return forget();
  if (now_ < d().not_before) return add(delivery_effect::wake{d().not_before});
  if (is_doubt_over()) return unconfirmed(doubt_is_over);
  if (is_late()) {
    switch (d().lateness.action) {
      case lateness_action::send: break;
      case lateness_action::skip: return miss();
      case lateness_action::ask: return ask();
    }
  }
  step(delivery_step::asking);
  add(delivery_effect::ask_permit{});
}

void deciding::on(const delivery_event::permitted&) {
  if (d().step == delivery_step::confirming) return confirmed();
  if (d().step != delivery_step::asking) return;
  if (!is_doubt_over()) return claim();
  add(delivery_effect::return_permit{});
  unconfirmed(doubt_is_over);
}

void deciding::on(const delivery_event::held& event) {
  if (d().step == delivery_step::confirming) return put_off(event.until);
  if (d().step != delivery_step::asking) return;
  step(delivery_step::resting);
  add(delivery_effect::hold{std::max<timestamp>(event.until, now_ + milliseconds{1}), event.budget});
}

void deciding::on(const delivery_event::claimed& event) {
  if (d().step != delivery_step::claiming) return;
  d().due_at = event.due_at.value_or(d().due_at);
  if (time_to_call() < rules_.call_timeout / 2) return claim_again();
  d().state = delivery_state::sending;
  if (now_ - d().started_at <= permit_keeps) return call();
  add(delivery_effect::return_permit{});
  if (is_doubt_over() || (is_late() && d().lateness.action != lateness_action::send)) return put_off(now_);
  step(delivery_step::confirming);
  add(delivery_effect::ask_permit{});
}

void deciding::on(const delivery_event::not_claimed&) {
  if (d().step != delivery_step::claiming) return;
  add(delivery_effect::return_permit{});
  forget();
}

void deciding::on(const delivery_event::claim_failed&) {
  if (d().step == delivery_step::claiming) claim_again();
}

void deciding::on(const delivery_event::lease_lost&) {
  if (d().step == delivery_step::calling) forget();
}

void deciding::on(const delivery_event::recorded&) {
  if (d().step != delivery_step::recording) return;
  step(delivery_step::resting);
  switch (d().state) {
    case delivery_state::waiting:
      if (d().is_asked) return forget();
      return add(delivery_effect::wake{d().not_before});
    case delivery_state::unknown:
      if (d().is_unauthorized) return reconcile_later(now_ + unauthorized_pause);
      return reconcile_later(d().is_early_reconciliation_done ? std::max(d().deadline_at, reconcile_time(d()))
                                                              : reconcile_time(d()));
    case delivery_state::sending:
    case delivery_state::published:
    case delivery_state::failed:
    case delivery_state::unconfirmed:
    case delivery_state::cancelled:
    case delivery_state::missed: return forget();
  }
}

void deciding::on(const delivery_event::not_recorded&) {
  if (d().step == delivery_step::recording) forget();
}

void deciding::forget() {
  step(delivery_step::resting);
  add(delivery_effect::forget{});
}

void deciding::record(delivery_effect::commit_change change) {
  step(delivery_step::recording);
  if (!is_called_ && change.published_nothing) change.never_called = true;
  change.part = part_;
  change.parts = parts_;
  add(std::move(change));
}

void deciding::claim() {
  d().attempt += 1;
  d().failed_reconciliations = 0;
  d().is_duplicate = d().is_interrupted = d().is_early_reconciliation_done = false;
  d().look_at.reset();
  d().started_at = now_;
  step(delivery_step::claiming);
  claim_again();
}

void deciding::claim_again() {
  d().deadline_at = now_ + rules_.call_timeout + rules_.deadline_margin;
  add(delivery_effect::commit_intent{});
}

deciding::milliseconds deciding::time_to_call() {
  return std::chrono::floor<milliseconds>(d().deadline_at - rules_.deadline_margin / 2 - now_);
}

void deciding::call() {
  step(delivery_step::calling);
  add(delivery_effect::call{std::min(time_to_call(), rules_.call_timeout)});
}

void deciding::confirmed() {
  if (time_to_call() >= rules_.call_timeout / 2) return call();
  step(delivery_step::claiming);
  claim_again();
}

void deciding::put_off(timestamp until) {
  d().state = delivery_state::waiting;
  d().not_before = std::max(until, now_);
  record({.kind = outcome_kind::transient,
          .reason = "recording that it was about to be sent took so long that it had to be permitted again",
          .retryable = true,
          .never_called = true});
}

void deciding::miss() {
  d().state = delivery_state::missed;
  record({.reason = "its time had passed by more than its lateness policy allows before it could start; write it "
                    "again to send it"});
}

void deciding::ask() {
  d().is_asked = true;
  record({.reason = "its time has passed by more than its lateness policy allows; say whether it is still to be sent"});
}

}  // namespace pulse::domain
