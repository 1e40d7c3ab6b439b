// The steps of the world around a delivery, and the promises that no step may break. Decisions are carried out as in
// actors/publishing/channel, statements as in persistence/engine/deliveries.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "tests/domain/publishing/delivery_world.hpp"

namespace pulse::domain::model {

namespace event = delivery_event;

/// One way the world may go on.
class moving {
 public:
  moving(const world& from, const rules_of_world& by) : world_(from), by_(by) {}

  world& in() { return world_; }
  /// The promise that this way breaks; empty: none.
  const std::string& broken() const { return broken_; }

  void feed(int who, const delivery_input& input) {
    auto& me = world_.holders[who];
    const auto from = me.held.state;
    auto current = me.held;
    if (by_.made == mistake::early_reconciliation && std::holds_alternative<event::reconciled>(input))
      current.deadline_at = world_.now, current.is_reconciliation_early = false;
    if (by_.made == mistake::retry_adopts && std::holds_alternative<event::answered>(input))
      current.may_be_live = current.attempt > 1;
    auto made = decide(current, with_mistake(input), world_.now, by_.rules);
    if (by_.made == mistake::late_claim_calls && std::holds_alternative<event::claimed>(input)) {
      made.next.state = delivery_state::sending;
      made.next.step = delivery_step::calling;
      made.effects = {delivery_effect::call{by_.rules.call_timeout}};
    }
    me.held = made.next;
    for (const auto& what : made.effects) perform(who, from, what);
  }

  void wake(int who) {
    world_.holders[who].wake.reset();
    if (world_.holders[who].held.state == delivery_state::waiting) {
      feed(who, event::due{});
    } else {
      feed(who, event::adopted{});
    }
  }

  /// The supervisor gives the delivery to the channel, as the rows said when they were read.
  void hand_out(int who) {
    auto& me = world_.holders[who];
    const auto seen = *me.loaded;
    me.loaded.reset();
    const bool open = seen.state == delivery_state::waiting ? seen.channel_open : !is_settled(seen.state);
    if (!open) return;
    me.has = true;
    me.held = {};
    me.held.state = seen.state;
    me.held.due_at = seen.due_at;
    me.held.not_before = seen.not_before;
    me.held.attempt = seen.attempt;
    me.held.failures = seen.failures;
    me.held.interruptions = seen.interruptions;
    me.held.is_interrupted = seen.is_interrupted;
    if (by_.made != mistake::wait_is_lost) me.held.look_at = seen.look_at;
    if (seen.state == delivery_state::unknown && !seen.is_interrupted) me.held.not_before = seen.resend_at;
    me.held.started_at = seen.started_at;
    me.held.deadline_at = seen.deadline_at;
    me.held.may_be_live = seen.may_be_live;
    me.held.is_duplicate = seen.is_duplicate;
    me.held.retry = by_.retry;
    me.held.lateness = by_.lateness;
    me.wake = seen.state == delivery_state::waiting ? seen.not_before : reconcile_time(me.held);
  }

  /// The database carries out a statement: the guards of persistence/engine/deliveries.
  void execute(write& w) {
    const bool won = w.kind == write_kind::claim ? claim(w) : record(w);
    w.executed = won ? write_word::won : write_word::refused;
    if (won && w.fence != world_.owner_fence) fail("a write of a replaced owner counted");
  }

  void fail(std::string why) {
    if (broken_.empty()) broken_ = std::move(why);
  }

 private:
  delivery_input with_mistake(const delivery_input& input) const {
    const auto* answer = std::get_if<event::answered>(&input);
    if (answer == nullptr) return input;
    if (by_.made == mistake::retry_when_unknown && answer->result.kind == outcome_kind::unknown) {
      return event::answered{{.kind = outcome_kind::transient}};
    }
    return input;
  }

  bool is_owner(const write& w) const { return by_.made == mistake::no_fence || w.fence == world_.owner_fence; }

  bool claim(const write& w) {
    auto& at = world_.stored;
    const bool first =
        at.state == delivery_state::waiting && at.attempt == w.attempt - 1 && at.not_before <= w.started_at;
    const bool same = at.started_at == w.started_at || by_.made == mistake::any_claim_again;
    const bool again = at.state == delivery_state::sending && at.attempt == w.attempt && at.fence == w.fence && same;
    if (!is_owner(w) || !at.channel_open || !(first || again)) return false;
    at.deadline_at = again ? std::max(at.deadline_at, w.deadline_at) : w.deadline_at;
    at.started_at = w.started_at;
    at.state = delivery_state::sending;
    at.attempt = w.attempt;
    at.fence = w.fence;
    return true;
  }

  bool record(const write& w) {
    auto& at = world_.stored;
    if (!is_owner(w) || at.attempt != w.attempt || at.state != w.from) return false;
    if (w.from == delivery_state::waiting && at.not_before != w.not_before) {
      if (by_.made != mistake::miss_overwrites) return false;
      fail("a delivery was missed although it had been moved to a later time");
    }
    if (is_settled(at.state)) fail("a final state was changed");
    if (w.to == delivery_state::published && world_.accepted == 0) fail("published, and the platform has nothing");
    if (w.to != delivery_state::published && is_settled(w.to) && w.to != delivery_state::unconfirmed &&
        world_.accepted > 0) {
      fail("given up, and the platform has it");
    }
    at.state = w.to;
    if (w.to != delivery_state::unknown) at.not_before = w.not_before;
    if (w.to == delivery_state::unknown) at.resend_at = w.not_before;
    at.failures = w.failures;
    at.interruptions = w.interruptions;
    at.is_interrupted = w.is_interrupted && w.to == delivery_state::unknown;
    at.look_at = w.to == delivery_state::unknown ? w.look_at : std::nullopt;
    at.may_be_live = w.may_be_live;
    at.is_duplicate = w.is_duplicate;
    if (w.disables_channel) at.channel_open = false;
    return true;
  }

  void perform(int who, delivery_state from, const effect& what) {
    std::visit([&](const auto& one) { perform_one(who, from, one); }, what);
  }

  void perform_one(int, delivery_state, const delivery_effect::ask_permit&) {}
  void perform_one(int, delivery_state, const delivery_effect::reconcile&) {
    const auto& at = world_.stored;
    if (at.state == delivery_state::unknown && at.look_at && world_.now < *at.look_at)
      fail("a platform that had asked to be left alone was looked at");
  }
  void perform_one(int who, delivery_state, const delivery_effect::wake& one) { world_.holders[who].wake = one.at; }
  void perform_one(int who, delivery_state, const delivery_effect::hold& one) { world_.holders[who].wake = one.until; }

  void perform_one(int who, delivery_state, const delivery_effect::commit_intent&) {
    const auto& d = world_.holders[who].held;
    world_.writes.push_back({.kind = write_kind::claim,
                             .fence = world_.holders[who].fence,
                             .attempt = d.attempt,
                             .started_at = d.started_at,
                             .deadline_at = d.deadline_at,
                             .awaited_by = who});
    if (by_.made == mistake::intent_after_call) {
      world_.calls.push_back({.attempt = d.attempt, .until = world_.now + by_.rules.call_timeout});
    }
  }

  void perform_one(int who, delivery_state, const delivery_effect::call& one) {
    auto& me = world_.holders[who];
    if (!me.lease && by_.made != mistake::no_lease_check) return feed(who, event::lease_lost{});
    const auto& at = world_.stored;
    if (at.state != delivery_state::sending || at.attempt != me.held.attempt) fail("a call without a committed intent");
    if (world_.now < at.not_before) fail("a call before its time");
    if (!me.lease) fail("a call without a lease");
    // Bytes may arrive a little after the caller has given up: half of the margin.
    world_.calls.push_back({.attempt = me.held.attempt,
                            .until = world_.now + one.timeout + by_.rules.deadline_margin / 2,
                            .awaited_by = who});
  }

  void perform_one(int who, delivery_state from, const delivery_effect::commit_change& one) {
    const auto& d = world_.holders[who].held;
    world_.writes.push_back({.kind = write_kind::record,
                             .fence = world_.holders[who].fence,
                             .attempt = d.attempt,
                             .from = from,
                             .to = d.state,
                             .not_before = d.not_before,
                             .failures = d.failures,
                             .disables_channel = one.disables_channel,
                             .may_be_live = d.may_be_live,
                             .is_duplicate = d.is_duplicate,
                             .is_interrupted = d.is_interrupted && d.state == delivery_state::unknown,
                             .interruptions = d.interruptions,
                             .look_at = d.state == delivery_state::unknown ? d.look_at : std::nullopt,
                             .awaited_by = who});
  }

  void perform_one(int, delivery_state, const delivery_effect::return_permit&) {}

  void perform_one(int who, delivery_state, const delivery_effect::forget&) {
    world_.holders[who].has = false;
    world_.holders[who].wake.reset();
    world_.holders[who].again.reset();
  }

  world world_;
  const rules_of_world& by_;
  std::string broken_;
};

}  // namespace pulse::domain::model
