// The behaviour of a node, like actors/system/node, actors/tenant/tenant and actors/publishing/channel.
#include <algorithm>
#include <utility>

#include "tests/domain/engine/takeover_moves.hpp"

namespace pulse::domain::takeover {

namespace {

namespace event = delivery_event;

const base::timestamp origin = *base::parse_timestamp("2026-11-22T12:00:00Z");

base::timestamp time_of(tick at) { return origin + std::chrono::seconds{at}; }
tick tick_of(base::timestamp at) {
  return static_cast<tick>(std::chrono::ceil<std::chrono::seconds>(at - origin).count());
}
tick tick_of(lease_moment at) {
  return static_cast<tick>(std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count());
}

delivery as_held(const process& by, const retry_policy& retry) {
  delivery held;
  held.state = by.held.state;
  held.step = by.step;
  held.attempt = by.held.attempt;
  held.failures = by.held.failures;
  held.interruptions = by.held.interruptions;
  held.is_interrupted = by.held.is_interrupted;
  held.is_early_reconciliation_done = by.is_early_reconciliation_done;
  held.may_be_live = by.held.may_be_live;
  held.due_at = origin;
  held.not_before = time_of(by.held.not_before);
  held.started_at = time_of(by.held.started_at);
  held.deadline_at = time_of(by.held.deadline_at);
  held.retry = retry;
  return held;
}

delivery_row as_row(const delivery& of) {
  return {.state = of.state,
          .attempt = static_cast<std::int8_t>(of.attempt),
          .failures = static_cast<std::int8_t>(of.failures),
          .fence = 0,
          .interruptions = static_cast<std::int8_t>(of.interruptions),
          .may_be_live = of.may_be_live,
          .is_interrupted = of.is_interrupted,
          .not_before = tick_of(of.not_before),
          .started_at = tick_of(of.started_at),
          .deadline_at = tick_of(of.deadline_at)};
}

}  // namespace

void node_moves::fail(std::string_view why) {
  if (broken_.empty()) broken_ = why;
}

tick node_moves::calendar_of(int process) const {
  return static_cast<tick>(world_.now + world_.processes[static_cast<std::size_t>(process)].ahead);
}

bool node_moves::has_lease(int process) const {
  return world_.now < world_.processes[static_cast<std::size_t>(process)].believed_until;
}

// --- the lease -------------------------------------------------------------------------------------------------------

void node_moves::ask_for_lease(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  const auto question = me.standing.ask(moment_of(world_.now, ++me.questions));
  transaction asked{.asker = static_cast<std::int8_t>(process)};
  asked.what = question == lease_question::enter ? work::enter : work::renew;
  asked.node = me.id;
  if (asked.what == work::enter) asked.buries = me.dead;
  asked.asked_at = world_.now;
  asked.question = me.questions;
  asked.now = calendar_of(process);
  asked.lease_until = static_cast<tick>(asked.now + by_.lease.length.count());
  world_.transactions.push_back(asked);
}

void node_moves::hear_of_lease(const transaction& of, word said) {
  auto& me = world_.processes[static_cast<std::size_t>(of.asker)];
  if (said == word::none || !me.standing.is_current(of.asked())) return;
  if (said == word::refused) {
    me.believed_until = 0;
    let_go_of_tenant(of.asker);
    return me.standing.begin(moment_of(world_.now, ++me.questions));
  }
  auto terms = by_.lease;
  if (by_.made == mistake::no_margin) terms.margin = std::chrono::seconds{0};
  const auto since = by_.made == mistake::counted_from_answer ? moment_of(world_.now, 0) : of.asked();
  me.believed_until = std::max(me.believed_until, tick_of(believed_until(since, terms)));
  if (of.what == work::enter) {
    me.standing.granted();
    me.dead = 0;
  }
}

// --- the tenant ------------------------------------------------------------------------------------------------------

void node_moves::take(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  me.tenant = process::hold::taking;
  transaction asked{.what = work::take, .asker = static_cast<std::int8_t>(process)};
  asked.node = me.id;
  asked.now = calendar_of(process);
  world_.transactions.push_back(asked);
}

void node_moves::hand_over(int process, int to) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  transaction asked{.what = work::hand_over, .asker = static_cast<std::int8_t>(process)};
  asked.node = me.id;
  asked.receiver = world_.processes[static_cast<std::size_t>(to)].id;
  asked.now = calendar_of(process);
  asked.fence = me.fence;
  asked.taking = me.taking;
  if (by_.made != mistake::hands_over_and_keeps) let_go_of_tenant(process);
  world_.transactions.push_back(asked);
}

/// select_waiting and select_begun: o.node_id, o.fence. What was read waits until the node wakes, and may be old by
/// then.
void node_moves::read_rows(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  if (world_.owner.node != me.id || world_.owner.fence != me.fence || is_settled(world_.stored.state)) return;
  me.has = true;
  me.held = world_.stored;
  me.step = delivery_step::resting;
  me.is_early_reconciliation_done = false;
  if (by_.made == mistake::starts_anew) me.held.state = delivery_state::waiting;
  me.is_waking = true;
  me.wake_at = me.held.state == delivery_state::waiting ? me.held.not_before : me.held.started_at;
  if (by_.made == mistake::early_reconciliation)
    me.held.deadline_at = std::min(me.held.deadline_at, calendar_of(process));
}

void node_moves::let_go_of_tenant(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  me.tenant = process::hold::none;
  me.fence = me.taking = 0;
  me.has = me.is_waking = me.is_to_write_again = false;
  me.held = {};
  me.again = {};
  me.wake_at = 0;
  me.step = delivery_step::resting;
  me.is_early_reconciliation_done = false;
  for (int i = world_.transactions.size() - 1; i >= 0; --i) {
    auto& each = world_.transactions[i];
    if (each.asker != process || each.what == work::enter || each.what == work::renew) continue;
    each.is_heard = false;
    if (each.at == progress::done) world_.transactions.erase(i);
  }
  for (auto& each : world_.calls) {
    if (each.asker == process) each.is_heard = false;
  }
}

void node_moves::check_owners() {
  int believers = 0;
  for (int p = 0; p < most_nodes; ++p) {
    const auto& each = world_.processes[static_cast<std::size_t>(p)];
    if (each.is_there && !each.is_stopped && each.tenant == process::hold::owner && has_lease(p)) ++believers;
  }
  if (believers > 1) fail("two nodes with a lease believe that the tenant is theirs");
}

// --- the delivery ----------------------------------------------------------------------------------------------------

void node_moves::wake(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  me.is_waking = false;
  const bool waits = me.held.state == delivery_state::waiting;
  feed(process, waits ? delivery_input{event::due{}} : delivery_input{event::adopted{}});
}

void node_moves::write_again(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  me.is_to_write_again = false;
  const auto again = std::exchange(me.again, {});
  if (again.what == work::claim) return feed(process, event::claim_failed{});
  world_.transactions.push_back(again);
}

void node_moves::look(int process) {
  reconciliation found{.kind = world_.accepted > 0 ? reconciliation_kind::live : reconciliation_kind::absent};
  if (by_.cannot_look) found.kind = reconciliation_kind::cannot_know;
  if (found.kind == reconciliation_kind::live) found.external_id = "1";
  feed(process, event::reconciled{found});
}

void node_moves::feed(int process, const delivery_input& input) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  const auto from = me.held.state;
  const auto made = decide(as_held(me, by_.retry), input, time_of(calendar_of(process)), by_.delivery);
  me.held = as_row(made.next);
  me.step = made.next.step;
  me.is_early_reconciliation_done = made.next.is_early_reconciliation_done;
  for (const auto& what : made.effects) perform(process, from, what);
}

void node_moves::perform(int process, delivery_state from, const effect& what) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  if (std::holds_alternative<delivery_effect::ask_permit>(what)) return feed(process, event::permitted{});
  if (std::holds_alternative<delivery_effect::commit_intent>(what)) return ask_to_write(process, work::claim, from);
  if (std::holds_alternative<delivery_effect::commit_change>(what)) return ask_to_write(process, work::record, from);
  if (const auto* one = std::get_if<delivery_effect::call>(&what)) return begin_call(process, one->timeout);
  if (const auto* one = std::get_if<delivery_effect::wake>(&what)) {
    me.is_waking = true;
    me.wake_at = tick_of(one->at);
  }
  if (!std::holds_alternative<delivery_effect::forget>(what)) return;
  me.has = false;
  me.held = {};
  me.is_waking = me.is_to_write_again = false;
  me.wake_at = 0;
  me.step = delivery_step::resting;
  me.is_early_reconciliation_done = false;
}

void node_moves::ask_to_write(int process, work what, delivery_state from) {
  const auto& me = world_.processes[static_cast<std::size_t>(process)];
  transaction asked{.what = what, .asker = static_cast<std::int8_t>(process)};
  asked.node = me.id;
  asked.fence = me.fence;
  asked.taking = me.taking;
  asked.from = from;
  asked.to = me.held;
  world_.transactions.push_back(asked);
}

/// channel_state::call.
void node_moves::begin_call(int process, std::chrono::milliseconds timeout) {
  const auto& me = world_.processes[static_cast<std::size_t>(process)];
  if (!has_lease(process) && by_.made != mistake::no_lease_check) return feed(process, event::lease_lost{});
  world_.calls.push_back(
      {.asker = static_cast<std::int8_t>(process),
       .attempt = me.held.attempt,
       .taking = me.taking,
       .ends_at = static_cast<tick>(world_.now + std::chrono::ceil<std::chrono::seconds>(timeout).count()),
       .deadline_at = me.held.deadline_at});
}

bool node_moves::may_send(const call& what) const {
  const auto half = std::chrono::floor<std::chrono::seconds>(by_.delivery.deadline_margin / 2).count();
  const bool is_in_time = calendar_of(what.asker) < what.deadline_at - half;
  const bool is_of_lease = what.is_heard || by_.made == mistake::old_calls_leave;  // and not of one that is over
  const bool is_allowed = (has_lease(what.asker) && is_of_lease && is_in_time) || by_.made == mistake::no_lease_check;
  return is_allowed && world_.now < what.ends_at;
}

void node_moves::send_bytes(int call) {
  auto& what = world_.calls[call];
  what.is_sent = true;
  const auto& row = world_.stored;
  if (row.attempt != what.attempt || row.state == delivery_state::waiting)
    fail("bytes left without a committed intent");
  // Its own node may have taken it once more, for an actor that is gone.
  const auto node = world_.processes[static_cast<std::size_t>(what.asker)].id;
  if (what.taking != world_.owner.taking && node != world_.owner.node)
    fail("bytes left a node whose tenant another one owns");
}

void node_moves::answer(int call, outcome_kind said) {
  const auto process = world_.calls[call].asker;
  outcome result{.kind = said};
  if (said == outcome_kind::published) result.external_id = "1";
  world_.calls[call].is_heard = false;
  if (said != outcome_kind::unknown) world_.calls.erase(call);
  feed(process, event::answered{result});
}

// --- what the database said ------------------------------------------------------------------------------------------

void node_moves::hear(const transaction& of, word said) {
  if (!of.is_heard) return;
  auto& me = world_.processes[static_cast<std::size_t>(of.asker)];
  switch (of.what) {
    case work::enter:
    case work::renew: return hear_of_lease(of, said);
    case work::claim:
    case work::record: return hear_of_write(of, said);
    case work::hand_over: return;
    case work::take: break;
  }
  if (said == word::none) return;  // it stays `taking`, and takes again
  me.tenant = said == word::granted ? process::hold::owner : process::hold::none;
  me.fence = said == word::granted ? of.fence : std::int8_t{0};
  me.taking = said == word::granted ? of.taking : std::int8_t{0};
}

void node_moves::hear_of_write(const transaction& of, word said) {
  if (said == word::none && by_.made == mistake::doubt_is_done) said = word::granted;
  const bool is_claim = of.what == work::claim;
  if (said == word::none) {
    auto& me = world_.processes[static_cast<std::size_t>(of.asker)];
    me.is_to_write_again = true;
    me.again = of;
    me.again.at = progress::asked;
    me.again.is_granted = false;
    return;
  }
  if (is_claim) return feed(of.asker, said == word::granted ? delivery_input{event::claimed{}} : event::not_claimed{});
  feed(of.asker, said == word::granted ? delivery_input{event::recorded{}} : event::not_recorded{});
}

// --- ends ------------------------------------------------------------------------------------------------------------

/// What has left may be taken all the same; what has not will not leave.
void node_moves::end_calls_of(int process) {
  for (int i = world_.calls.size() - 1; i >= 0; --i) {
    auto& each = world_.calls[i];
    if (each.asker != process) continue;
    each.asker = nobody;
    each.is_heard = false;
    if (!each.is_sent) world_.calls.erase(i);
  }
}

void node_moves::crash(int process) {
  let_go_of_tenant(process);
  end_calls_of(process);
  for (int i = world_.transactions.size() - 1; i >= 0; --i) {
    auto& each = world_.transactions[i];
    if (each.asker != process) continue;
    each.asker = nobody;
    each.is_heard = false;
    if (each.at != progress::worked) world_.transactions.erase(i);
  }
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  const auto dead = static_cast<id_set>(me.dead | 1 << me.id);
  me = {.ahead = me.ahead, .dead = dead};
}

/// It keeps what it has: its locks until the server loses its patience, its connections and its row.
void node_moves::stop_for_ever(int process) {
  let_go_of_tenant(process);
  end_calls_of(process);
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  const auto id = me.id;
  me = {.is_there = true, .is_stopped = true, .id = id};
}

std::int8_t node_moves::unused_id() const {
  id_set used = 0;
  const auto use = [&used](int id) {
    if (id != nobody) used |= static_cast<id_set>(1 << id);
  };
  for (int id = 0; id < most_ids; ++id) {
    if (world_.nodes[static_cast<std::size_t>(id)].is_there) use(id);
  }
  use(world_.owner.node);
  for (const auto& each : world_.processes) use(each.id), used |= each.dead;
  for (const auto& each : world_.transactions) use(each.node), used |= each.buries;
  std::int8_t id = 0;
  while ((used >> id & 1) != 0) ++id;
  return id;
}

/// node_identity: a new id, and the dead of this machine are known.
void node_moves::start(int process) {
  auto& me = world_.processes[static_cast<std::size_t>(process)];
  me.id = unused_id();
  me.is_there = true;
  me.standing.begin(moment_of(world_.now, ++me.questions));
  world_.nodes.at(static_cast<std::size_t>(me.id)) = {};
}

}  // namespace pulse::domain::takeover
