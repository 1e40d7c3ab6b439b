// The rows and their guards under PostgreSQL's READ COMMITTED: a statement sees everything committed before it began;
// its changes stay locked until its transaction ends; a statement that meets a lock waits and then reads the row again.
#include <algorithm>

#include "tests/domain/engine/takeover_moves.hpp"

namespace pulse::domain::takeover {

namespace {

bool has(id_set set, int id) { return id >= 0 && (set >> id & 1) != 0; }

bool is_open(const transaction& of) { return of.at != progress::asked && of.at != progress::done; }

/// Only an outcome that puts the delivery back locks the tenant (persistence/engine/deliveries, `record`).
bool shares_tenant(const transaction& of) {
  return of.what == work::claim || (of.what == work::record && of.to.state == delivery_state::waiting);
}

}  // namespace

void database_moves::fail(std::string_view why) {
  if (broken_.empty()) broken_ = why;
}

// --- locks -----------------------------------------------------------------------------------------------------------

bool database_moves::is_node_locked(int id, int except) const {
  for (int i = 0; i < world_.transactions.size(); ++i) {
    const auto& other = world_.transactions[i];
    if (i == except || !is_open(other)) continue;
    const bool is_its_own =
        other.node == id && (other.what == work::enter || (other.what == work::renew && other.is_granted));
    const bool is_buried =
        has(other.buries, id) && (other.what != work::take || by_.made != mistake::take_without_burial);
    if (is_its_own || is_buried) return true;
  }
  return false;
}

bool database_moves::is_tenant_locked(int except, bool also_for_share) const {
  for (int i = 0; i < world_.transactions.size(); ++i) {
    const auto& other = world_.transactions[i];
    if (i == except || !is_open(other)) continue;
    if (other.what == work::take || other.what == work::hand_over || (also_for_share && shares_tenant(other)))
      return true;
  }
  return false;
}

bool database_moves::is_delivery_locked(int except) const {
  for (int i = 0; i < world_.transactions.size(); ++i) {
    const auto& other = world_.transactions[i];
    const bool writes = other.what == work::claim || other.what == work::record;
    if (i != except && writes && other.at == progress::worked && other.is_granted) return true;
  }
  return false;
}

bool database_moves::is_waiting(int transaction) const {
  const auto& of = world_.transactions[transaction];
  switch (of.what) {
    case work::enter:
      for (int id = 0; id < most_ids; ++id) {
        if ((id == of.node || has(of.buries, id)) && is_node_locked(id, transaction)) return true;
      }
      return false;
    case work::renew: return is_node_locked(of.node, transaction);
    case work::hand_over: return of.at == progress::asked && is_tenant_locked(transaction, true);
    case work::take: break;
    case work::claim: return is_tenant_locked(transaction, false) || is_delivery_locked(transaction);
    case work::record:
      if (of.at == progress::locked) return is_delivery_locked(transaction);
      return shares_tenant(of) && is_tenant_locked(transaction, false);
  }
  if (of.at == progress::asked) return is_tenant_locked(transaction, true);
  if (of.at != progress::locked || by_.made == mistake::take_without_burial) return false;
  const auto expired = expired_at(of.now);
  for (int id = 0; id < most_ids; ++id) {
    if (has(expired, id) && is_node_locked(id, transaction)) return true;
  }
  return false;
}

// --- guards ----------------------------------------------------------------------------------------------------------

/// delete_expired_nodes: WHERE lease_until <= $1.
id_set database_moves::expired_at(tick now) const {
  id_set expired = 0;
  for (int id = 0; id < most_ids; ++id) {
    const auto& row = world_.nodes[static_cast<std::size_t>(id)];
    if (row.is_there && row.lease_until <= now) expired |= static_cast<id_set>(1 << id);
  }
  return expired;
}

/// upsert_owner: WHERE o.node_id = excluded.node_id OR NOT EXISTS (SELECT FROM nodes n WHERE n.id = o.node_id).
bool database_moves::may_be_taken_by(const transaction& of) const {
  const auto owner = world_.owner.node;
  if (owner == nobody || owner == of.node) return true;
  return !world_.nodes[static_cast<std::size_t>(owner)].is_there || has(of.buries, owner);
}

/// claim_intents: o.node_id, o.fence, and what the row has to be.
bool database_moves::may_claim(const transaction& of) const {
  const auto& row = world_.stored;
  const bool is_owner = world_.owner.node == of.node && world_.owner.fence == of.fence;
  const bool first =
      row.state == delivery_state::waiting && row.attempt == of.to.attempt - 1 && row.not_before <= of.to.started_at;
  const bool again = row.state == delivery_state::sending && row.attempt == of.to.attempt && row.fence == of.fence &&
                     row.started_at == of.to.started_at;
  return (is_owner || by_.made == mistake::claim_without_owner) && (first || again);
}

/// give_to_node: o.node_id, o.fence, and EXISTS (… n.lease_until > $5).
bool database_moves::may_hand_over(const transaction& of) const {
  const bool is_fence = world_.owner.fence == of.fence || by_.made == mistake::hands_over_any_fence;
  const auto& row = world_.nodes[static_cast<std::size_t>(of.receiver)];
  return world_.owner.node == of.node && is_fence && row.is_there && row.lease_until > of.now;
}

/// record_changes: d.attempt, d.state.
bool database_moves::is_recorders_row(const transaction& of) const {
  if (by_.made == mistake::record_without_attempt) return true;
  return world_.stored.attempt == of.to.attempt && world_.stored.state == of.from;
}

/// The owner is looked at once, when the statement begins: a takeover that commits after that is not seen. The row is
/// looked at again when it is locked.
void database_moves::look_before_recording(transaction& of) {
  const bool asks_owner = by_.made != mistake::record_without_owner && by_.made != mistake::record_without_attempt;
  const bool is_owner = world_.owner.node == of.node && world_.owner.fence == of.fence;
  of.is_granted = (is_owner || !asks_owner) && is_recorders_row(of);
  of.at = of.is_granted ? progress::locked : progress::worked;
  if (of.is_granted && of.taking != world_.owner.taking) fail("the outcome of a replaced owner was let through");
}

// --- statements ------------------------------------------------------------------------------------------------------

void database_moves::go_on(int transaction) {
  auto& of = world_.transactions[transaction];
  switch (of.what) {
    case work::enter:
      of.is_granted = true;
      of.at = progress::worked;
      return;
    case work::renew:  // extend_lease: WHERE id = $1, whatever the lease says
      of.is_granted = world_.nodes[static_cast<std::size_t>(of.node)].is_there || by_.made == mistake::renewal_revives;
      of.at = progress::worked;
      return;
    case work::take: break;
    case work::claim:
      of.is_granted = may_claim(of);
      of.at = progress::worked;
      return;
    case work::record:
      if (of.at == progress::asked) return look_before_recording(of);
      of.is_granted = is_recorders_row(of);
      of.at = progress::worked;
      return;
    case work::hand_over:
      if (of.at == progress::locked) of.is_granted = may_hand_over(of);
      of.at = of.at == progress::asked ? progress::locked : progress::worked;
      return;
  }
  if (of.at == progress::asked) {
    of.at = progress::locked;
  } else if (of.at == progress::locked) {
    of.buries = expired_at(of.now);
    of.at = progress::deleted;
  } else {
    of.is_granted = may_be_taken_by(of);
    of.at = progress::worked;
  }
}

bool database_moves::run(int transaction) {
  while (world_.transactions[transaction].at != progress::worked) {
    if (is_waiting(transaction)) return false;
    go_on(transaction);
  }
  commit(transaction);
  return true;
}

void database_moves::commit(int transaction) {
  auto& of = world_.transactions[transaction];
  switch (of.what) {
    case work::enter:
    case work::renew: commit_lease(of); break;
    case work::take: commit_take(of); break;
    case work::claim: commit_claim(of); break;
    case work::record: commit_record(of); break;
    case work::hand_over: commit_hand_over(of); break;
  }
  of.at = progress::done;
  if (of.asker == nobody || !of.is_heard) world_.transactions.erase(transaction);
}

/// insert_node and extend_lease: greatest(lease_until, …).
void database_moves::commit_lease(const transaction& of) {
  for (std::size_t id = 0; id < most_ids; ++id) {
    if (has(of.buries, static_cast<int>(id))) world_.nodes[id] = {.was_seen_over = true};
  }
  if (!of.is_granted) return;
  auto& row = world_.nodes[static_cast<std::size_t>(of.node)];
  if (of.what == work::renew && row.was_seen_over) fail("a lease that somebody has seen end was renewed");
  row.lease_until = row.is_there ? std::max(row.lease_until, of.lease_until) : of.lease_until;
  row.is_there = true;
  row.was_seen_over = false;
}

void database_moves::commit_take(transaction& of) {
  for (std::size_t id = 0; id < most_ids; ++id) {
    if (!has(of.buries, static_cast<int>(id))) continue;
    if (by_.made != mistake::take_without_burial) world_.nodes[id].is_there = false;
    world_.nodes[id].was_seen_over = true;
  }
  if (!of.is_granted) return;
  auto& owner = world_.owner;
  owner.node = of.node;
  if (by_.made != mistake::fence_stays || owner.fence == 0) ++owner.fence;
  owner.taking = ++world_.takings;
  of.fence = owner.fence;
  of.taking = owner.taking;
}

void database_moves::commit_hand_over(const transaction& of) {
  if (!of.is_granted) return;
  auto& owner = world_.owner;
  owner.node = of.receiver;
  ++owner.fence;
  owner.taking = ++world_.takings;
}

void database_moves::commit_claim(const transaction& of) {
  if (!of.is_granted) return;
  if (of.taking != world_.owner.taking) fail("an intent of a replaced owner was accepted");
  auto& row = world_.stored;
  const auto deadline_at =
      row.state == delivery_state::sending ? std::max(row.deadline_at, of.to.deadline_at) : of.to.deadline_at;
  row.state = delivery_state::sending;
  row.attempt = of.to.attempt;
  row.fence = of.fence;
  row.started_at = of.to.started_at;
  row.deadline_at = deadline_at;
}

void database_moves::commit_record(const transaction& of) {
  if (!of.is_granted) return;
  auto& row = world_.stored;
  const auto to = of.to.state;
  if (is_settled(row.state)) fail("a final state was changed");
  if (to == delivery_state::published && world_.accepted == 0) fail("published, and the platform has nothing");
  if (to == delivery_state::failed && world_.accepted > 0) fail("given up, and the platform has it");
  row.state = to;
  row.failures = of.to.failures;
  row.interruptions = of.to.interruptions;
  row.is_interrupted = of.to.is_interrupted && to == delivery_state::unknown;
  row.may_be_live = of.to.may_be_live;
  if (to != delivery_state::unknown) row.not_before = of.to.not_before;
}

}  // namespace pulse::domain::takeover
