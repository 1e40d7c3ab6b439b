#include "tests/support/memory_database.hpp"

#include <algorithm>

#include "domain/events/sentences.hpp"

namespace pulse::support {

using domain::delivery_state;

base::uuid memory_database::new_id(std::string_view kind) {
  return base::uuid_from_name(std::string{kind} + std::to_string(++made_));
}

base::uuid memory_database::add_tenant() {
  const auto id = new_id("tenant");
  tenants[id] = {};
  return id;
}

base::uuid memory_database::add_channel(const base::uuid& tenant_id, domain::channel_type type,
                                        std::optional<base::uuid> account_id) {
  const auto id = new_id("channel");
  channels[id] = {tenant_id, new_id("project"), type, account_id};
  return id;
}

base::uuid memory_database::add_delivery(const base::uuid& channel_id, base::timestamp due_at, std::string text) {
  const auto id = new_id("delivery");
  auto& row = deliveries[id];
  row.tenant_id = channels.at(channel_id).tenant_id;
  row.channel_id = channel_id;
  row.post_id = new_id("post");
  row.text = std::move(text);
  row.due_at = row.not_before = due_at;
  return id;
}

bool memory_database::cancel(const base::uuid& delivery_id) {
  auto& row = deliveries.at(delivery_id);
  if (row.state != delivery_state::waiting) return false;
  row.state = delivery_state::cancelled;
  return true;
}

bool memory_database::reschedule(const base::uuid& delivery_id, base::timestamp due_at) {
  auto& row = deliveries.at(delivery_id);
  if (row.state != delivery_state::waiting || row.attempt != 0) return false;
  row.due_at = row.not_before = due_at;
  return true;
}

bool memory_database::is_owner(const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence) const {
  const auto found = tenants.find(tenant_id);
  return found != tenants.end() && found->second.owner == node_id && found->second.fence == fence;
}

bool memory_database::is_open(const delivery& row) const {
  const auto& its = channels.at(row.channel_id);
  return its.is_active && !its.is_paused && !tenants.at(row.tenant_id).is_paused;
}

std::optional<persistence::claimed_content> memory_database::claim(const base::uuid& node_id,
                                                                   const persistence::intent& what) {
  const auto found = deliveries.find(what.delivery_id);
  const bool known =
      found != deliveries.end() && is_owner(what.tenant_id, node_id, what.fence) && is_open(found->second);
  const auto wins = [&what](const delivery& row) {
    if (row.state == delivery_state::waiting)
      return row.attempt == what.attempt - 1 && row.not_before <= what.started_at && !row.is_asked;
    return row.state == delivery_state::sending && row.attempt == what.attempt && row.fence == what.fence &&
           row.attempts.at(what.attempt).started_at == what.started_at;
  };
  if (!known || !wins(found->second)) {
    ++refused;
    return std::nullopt;
  }
  auto& row = found->second;
  row.deadline_at =
      row.state == delivery_state::sending ? std::max(row.deadline_at, what.deadline_at) : what.deadline_at;
  row.state = delivery_state::sending;
  row.attempt = what.attempt;
  row.fence = what.fence;
  row.attempts[what.attempt] = {what.fence, what.started_at, row.deadline_at, std::nullopt};
  return content(what.delivery_id);
}

bool memory_database::record(const base::uuid& node_id, const persistence::delivery_change& what) {
  const auto found = deliveries.find(what.delivery_id);
  const auto fits = [&what](const delivery& row) {
    return row.attempt == what.attempt && row.state == what.from &&
           (what.from != delivery_state::waiting || row.not_before == what.not_before);
  };
  if (found == deliveries.end() || !is_owner(what.tenant_id, node_id, what.fence) || !fits(found->second)) {
    ++refused;
    return false;
  }
  auto& row = found->second;
  row.state = what.to;
  with_ended.insert(what.tenant_id);
  if (what.to != delivery_state::unknown) row.not_before = what.not_before;
  row.failures = what.failures;
  row.interruptions = what.interruptions;
  row.resend_at = what.resend_at;
  row.look_at = what.look_at;
  if (what.external_id) row.external_id = what.external_id;
  row.reason = what.reason;
  if (what.outcome) row.outcome = what.outcome;
  if (what.from != delivery_state::waiting) row.attempts.at(what.attempt).outcome = row.outcome;
  std::optional<double> lateness_ms;
  const auto note_facts = [&](const auto& facts) {
    if constexpr (requires { facts.was_called; }) {
      if (facts.was_called == false) row.attempts.at(what.attempt).was_called = false;
    }
    if constexpr (requires { facts.lateness_ms; }) {
      lateness_ms = facts.lateness_ms;
      const bool is_first = what.outcome == domain::outcome_kind::published && what.to == delivery_state::waiting;
      if (is_first && !row.began_late_us && facts.lateness_ms)
        row.began_late_us = static_cast<std::int64_t>(*facts.lateness_ms * 1000.0);
    }
  };
  std::visit(note_facts, what.event);
  row.is_asked = what.is_asked;
  row.doubt_until = what.doubt_until;
  if (what.to == delivery_state::unknown && !row.live_since) row.live_since = row.attempts.at(what.attempt).started_at;
  if (what.disables_channel) channels.at(row.channel_id).is_active = false;
  events.push_back({what.delivery_id, row.channel_id, std::string{base::to_name(domain::kind_of(what.event))},
                    domain::sentence_of(what.event), what.at, lateness_ms});
  return true;
}

std::vector<persistence::agenda_entry> memory_database::agenda(const base::uuid& tenant_id, const base::uuid& node_id,
                                                               std::int64_t fence,
                                                               const persistence::agenda_part& part) const {
  std::vector<persistence::agenda_entry> found;
  if (!is_owner(tenant_id, node_id, fence)) return found;
  for (const auto& [id, row] : deliveries) {
    if (row.tenant_id != tenant_id) continue;
    const bool begun =
        part.with_begun && (row.state == delivery_state::sending || row.state == delivery_state::unknown);
    const bool waits =
        row.state == delivery_state::waiting && row.not_before < part.until && is_open(row) && !row.is_asked;
    if (!begun && !waits) continue;
    const auto& its = channels.at(row.channel_id);
    persistence::agenda_entry entry{
        .id = id,
        .project_id = its.project_id,
        .post_id = row.post_id,
        .channel_id = row.channel_id,
        .channel_type = its.type,
        .account_id = its.account_id,
        .state = row.state,
        .due_at = row.due_at,
        .not_before = row.resend_at.value_or(row.not_before),
        .attempt = row.attempt,
        .failures = row.failures,
        .interruptions = row.interruptions,
        .started_at = std::nullopt,
        .deadline_at = std::nullopt,
        .doubt_until = row.doubt_until,
        .live_since = row.live_since,
        .is_duplicate = row.state == delivery_state::unknown && row.outcome == domain::outcome_kind::duplicate,
        .is_begun = row.external_id.has_value() || row.handles.contains("part_1"),
        .began_late_us = row.began_late_us,
        .is_interrupted = row.state == delivery_state::unknown && !row.resend_at,
        .look_at = row.look_at,
        .lateness_policy = row.lateness.action,
        .lateness_after_seconds = row.lateness.after.count(),
        .max_attempts = row.retry.max_attempts,
        .backoff_strategy = row.retry.strategy,
        .retry_delay_seconds = row.retry.retry_delay_seconds};
    if (row.attempt > 0)
      entry.started_at = row.attempts.at(row.attempt).started_at, entry.deadline_at = row.deadline_at;
    found.push_back(entry);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.not_before < b.not_before; });
  std::map<base::uuid, int> of_channel;
  std::erase_if(found, [&of_channel, &part](const auto& entry) {
    return entry.state == delivery_state::waiting && ++of_channel[entry.channel_id] > part.most_of_channel;
  });
  return found;
}

std::optional<persistence::claimed_content> memory_database::content(const base::uuid& delivery_id) const {
  const auto found = deliveries.find(delivery_id);
  if (found == deliveries.end()) return std::nullopt;
  persistence::claimed_content what;
  what.tenant_id = found->second.tenant_id;
  what.delivery_id = delivery_id;
  what.text = found->second.text;
  what.account_id = channels.at(found->second.channel_id).account_id;
  what.handles = found->second.handles;
  what.due_at = found->second.due_at;
  return what;
}

bool memory_database::keep(const base::uuid& node_id, const persistence::intent& of,
                           const persistence::attempt_handles& handles) {
  const auto found = deliveries.find(of.delivery_id);
  const bool ours =
      found != deliveries.end() && is_owner(of.tenant_id, node_id, of.fence) &&
      (found->second.state == delivery_state::sending || found->second.state == delivery_state::unknown) &&
      found->second.attempt == of.attempt;
  if (!ours) {
    ++refused;
    return false;
  }
  for (const auto& [name, value] : handles) found->second.handles[name] = value;
  return true;
}

std::vector<persistence::past_start> memory_database::starts(const base::uuid& tenant_id) const {
  std::vector<persistence::past_start> found;
  for (const auto& [id, row] : deliveries) {
    const auto& its = channels.at(row.channel_id);
    if (row.tenant_id != tenant_id) continue;
    const auto budget = its.account_id.value_or(row.channel_id);
    for (const auto& [number, each] : row.attempts) {
      using kind = domain::outcome_kind;
      if (!each.was_called) continue;
      const bool may_be_live = !each.outcome || *each.outcome == kind::published || *each.outcome == kind::duplicate ||
                               *each.outcome == kind::unknown;
      found.push_back({its.type, budget, each.started_at, !may_be_live});
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return found;
}

std::vector<persistence::rate_limits::block> memory_database::blocks(const base::uuid& tenant_id,
                                                                     base::timestamp now) const {
  std::vector<persistence::rate_limits::block> found;
  for (const auto& [id, row] : deliveries) {
    const auto& its = channels.at(row.channel_id);
    const bool is_block = row.state == delivery_state::waiting && row.outcome == domain::outcome_kind::rate_limited &&
                          row.not_before > now && row.not_before > row.due_at;
    if (row.tenant_id != tenant_id || !is_block) continue;
    found.push_back({its.type, its.account_id.value_or(row.channel_id), row.not_before});
  }
  return found;
}

std::vector<base::timestamp> memory_database::lease_ends(const base::uuid& node_id, base::timestamp until) const {
  std::vector<base::timestamp> ends;
  for (const auto& [id, end] : nodes) {
    if (id != node_id && end <= until) ends.push_back(end);
  }
  return ends;
}

std::optional<std::int64_t> memory_database::take_tenant(const base::uuid& tenant_id, const base::uuid& node_id,
                                                         base::timestamp now) {
  std::erase_if(nodes, [now](const auto& node) { return node.second <= now; });
  const auto found = tenants.find(tenant_id);
  if (found == tenants.end()) return std::nullopt;
  auto& its = found->second;
  if (its.fence > 0 && its.owner != node_id && nodes.contains(its.owner)) return std::nullopt;
  its.owner = node_id;
  return ++its.fence;
}

bool memory_database::hand_over(const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence,
                                const base::uuid& to, base::timestamp now) {
  const auto node = nodes.find(to);
  if (!is_owner(tenant_id, node_id, fence) || node == nodes.end() || node->second <= now) return false;
  auto& its = tenants.at(tenant_id);
  its.owner = to;
  ++its.fence;
  return true;
}

std::vector<base::uuid> memory_database::tenants_with_work(const base::uuid& node_id, base::timestamp until,
                                                           base::timestamp now) const {
  std::vector<base::uuid> found;
  for (const auto& [id, its] : tenants) {
    const auto node = nodes.find(its.owner);
    if (its.owner != node_id && node != nodes.end() && node->second > now) continue;
    const bool any = with_ended.contains(id) ||
                     std::any_of(deliveries.begin(), deliveries.end(), [&id = id, until](const auto& one) {
                       const auto& row = one.second;
                       if (row.tenant_id != id) return false;
                       if (row.state == delivery_state::waiting) return row.not_before < until;
                       return row.state == delivery_state::sending || row.state == delivery_state::unknown;
                     });
    if (any) found.push_back(id);
  }
  return found;
}

}  // namespace pulse::support
