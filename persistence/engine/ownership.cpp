#include "persistence/engine/ownership.hpp"

namespace pulse::persistence {

namespace {

constexpr statement insert_node{"insert_node", R"sql(
  INSERT INTO nodes (id, name, lease_until, started_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET lease_until = greatest(nodes.lease_until, excluded.lease_until))sql"};

// Whether the row is there decides alone: who takes a tenant deletes the expired rows first, so a lease that is found
// here is one under which nobody has taken anything.
constexpr statement extend_lease{"extend_lease", R"sql(
  UPDATE nodes SET lease_until = greatest(lease_until, $2), tenants = $3 WHERE id = $1)sql"};

constexpr statement delete_node{"delete_node", R"sql(
  DELETE FROM nodes WHERE id = $1)sql"};

constexpr statement delete_dead_nodes{"delete_dead_nodes", R"sql(
  DELETE FROM nodes WHERE id = ANY ($1::uuid[]))sql"};

// Deleting locks the row: a renewal under way is waited for and then looked at again, and one that comes later finds no
// row. So a lease whose end this transaction saw cannot be renewed.
constexpr statement delete_expired_nodes{"delete_expired_nodes", R"sql(
  DELETE FROM nodes WHERE lease_until <= $1)sql"};

// After the claims of the owner before have committed, and before any later one looks
// (persistence/publishing/tenant_lock).
constexpr statement lock_taken_tenant{"lock_taken_tenant", R"sql(
  SELECT FROM tenants WHERE id = $1 FOR NO KEY UPDATE)sql"};

constexpr statement upsert_owner{"upsert_owner", R"sql(
  INSERT INTO tenant_owners AS o (tenant_id, node_id, fence, taken_at)
    SELECT t.id, $2, 1, $3 FROM tenants t WHERE t.id = $1
  ON CONFLICT (tenant_id) DO UPDATE SET node_id = excluded.node_id, fence = o.fence + 1, taken_at = excluded.taken_at
    WHERE o.node_id = excluded.node_id OR NOT EXISTS (SELECT FROM nodes n WHERE n.id = o.node_id)
  RETURNING fence)sql"};

constexpr statement select_tenants_with_work{"select_tenants_with_work", R"sql(
  SELECT w.tenant_id
  FROM (SELECT tenant_id, min(open_from) AS at FROM channel_agendas WHERE open_from < $2 GROUP BY tenant_id) w
  WHERE coalesce((SELECT o.node_id = $1 OR n.lease_until <= $3 FROM tenant_owners o JOIN nodes n ON n.id = o.node_id
                  WHERE o.tenant_id = w.tenant_id), true)
  ORDER BY w.at LIMIT $4)sql"};

constexpr int most_lease_ends = 1'000;
constexpr statement select_lease_ends{"select_lease_ends", R"sql(
  SELECT lease_until FROM nodes WHERE id <> $1 AND lease_until <= $2 ORDER BY lease_until DESC LIMIT $3)sql"};

constexpr int most_shares = 1'000;
constexpr statement select_shares{"select_node_shares", R"sql(
  SELECT id, tenants FROM nodes WHERE id <> $1 AND lease_until > $2 ORDER BY id LIMIT $3)sql"};

// By the owner itself, after its last intent and outcome. A receiver that is buried at this moment leaves a tenant of
// nobody behind.
constexpr statement give_to_node{"give_tenant_to_node", R"sql(
  UPDATE tenant_owners o SET node_id = $4, fence = o.fence + 1, taken_at = $5
  WHERE o.tenant_id = $1 AND o.node_id = $2 AND o.fence = $3
    AND EXISTS (SELECT FROM nodes n WHERE n.id = $4 AND n.lease_until > $5))sql"};

constexpr statement select_server_time{"select_server_time", R"sql(
  SELECT clock_timestamp())sql"};

constexpr statement select_owner{"select_owner", R"sql(
  SELECT node_id FROM tenant_owners WHERE tenant_id = $1)sql"};

}  // namespace

void register_node(transaction& tx, const base::uuid& node_id, std::string_view name, base::timestamp lease_until,
                   base::timestamp now) {
  tx.execute(insert_node, node_id, name, lease_until, now);
}

bool renew_lease(transaction& tx, const base::uuid& node_id, base::timestamp lease_until, int tenants) {
  return tx.execute(extend_lease, node_id, lease_until, tenants).affected() == 1;
}

void release_node(transaction& tx, const base::uuid& node_id) { tx.execute(delete_node, node_id); }

void bury_nodes(transaction& tx, const std::vector<base::uuid>& node_ids) {
  if (!node_ids.empty()) tx.execute(delete_dead_nodes, node_ids);
}

std::vector<base::timestamp> lease_ends(transaction& tx, const base::uuid& node_id, base::timestamp until) {
  const auto found = tx.execute(select_lease_ends, node_id, until, most_lease_ends);
  std::vector<base::timestamp> ends;
  ends.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row) ends.push_back(found.get<base::timestamp>(row, 0));
  return ends;
}

std::vector<domain::node_share> other_shares(transaction& tx, const base::uuid& node_id, base::timestamp now) {
  const auto found = tx.execute(select_shares, node_id, now, most_shares);
  std::vector<domain::node_share> shares;
  shares.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row)
    shares.push_back({found.get<base::uuid>(row, 0), found.get<int>(row, 1)});
  return shares;
}

base::timestamp server_time(transaction& tx) { return tx.execute(select_server_time).get<base::timestamp>(0, 0); }

base::uuid owner_of(transaction& tx, const base::uuid& tenant_id) {
  const auto found = tx.execute(select_owner, tenant_id);
  return found.empty() ? base::uuid{} : found.get<base::uuid>(0, 0);
}

std::optional<std::int64_t> take_tenant(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        base::timestamp now) {
  tx.queue(lock_taken_tenant, tenant_id);
  tx.queue(delete_expired_nodes, now);
  const auto taken = tx.execute(upsert_owner, tenant_id, node_id, now);
  if (taken.empty()) return std::nullopt;
  return taken.get<std::int64_t>(0, 0);
}

bool hand_over(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence,
               const base::uuid& to, base::timestamp now) {
  tx.queue(lock_taken_tenant, tenant_id);
  return tx.execute(give_to_node, tenant_id, node_id, fence, to, now).affected() == 1;
}

std::vector<base::uuid> tenants_with_work(transaction& tx, const base::uuid& node_id, base::timestamp until,
                                          base::timestamp now, int limit) {
  const auto found = tx.execute(select_tenants_with_work, node_id, until, now, limit);
  std::vector<base::uuid> tenants;
  tenants.reserve(found.size());
  for (std::size_t row = 0; row < found.size(); ++row) tenants.push_back(found.get<base::uuid>(row, 0));
  return tenants;
}

}  // namespace pulse::persistence
