// Which node runs which tenant: leases and fences (design, "Ownership and fences").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engine/shares.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// Enters this process as a node with a lease until `lease_until`; one that it has already is extended, and never
/// shortened.
void register_node(transaction& tx, const base::uuid& node_id, std::string_view name, base::timestamp lease_until,
                   base::timestamp now);

/// Extends the lease of a node whose row exists, also when it has run out: a takeover deletes the row first. It never
/// shortens it, because renewals may arrive in another order. False: the row is gone; other nodes may have its tenants
/// already, so the process must stop acting for them. `tenants`: how many supervisors run on it, for the others to
/// know.
bool renew_lease(transaction& tx, const base::uuid& node_id, base::timestamp lease_until, int tenants);

/// Gives the lease back: an orderly stop. Another node may take the tenants at once.
void release_node(transaction& tx, const base::uuid& node_id);

/// Deletes the rows of nodes that are known to be dead (their process is gone), before their leases run out.
void bury_nodes(transaction& tx, const std::vector<base::uuid>& node_ids);

/// The ends, up to `until`, of the other nodes' leases, the latest first; also those in the past, as long as their rows
/// exist. At most 1,000.
std::vector<base::timestamp> lease_ends(transaction& tx, const base::uuid& node_id, base::timestamp until);

/// The other nodes that have a lease at `now`, with the tenants that they run. At most 1,000.
std::vector<domain::node_share> other_shares(transaction& tx, const base::uuid& node_id, base::timestamp now);

/// The server's clock at this moment, not the time of the transaction.
base::timestamp server_time(transaction& tx);

/// The node that owns a tenant; nil when none does.
base::uuid owner_of(transaction& tx, const base::uuid& tenant_id);

/// Makes `node_id` the owner of a tenant that has none, or whose owner's lease is over, and returns its fence: one more
/// than the last owner's. For the present owner the fence grows too. Nothing when another living node has it, or the
/// tenant is not there.
std::optional<std::int64_t> take_tenant(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id,
                                        base::timestamp now);

/// Makes `to`, a node that has a lease at `now`, the owner of a tenant that `node_id` owns under `fence`; the fence
/// grows. For an owner that has nothing of the tenant under way any more: a takeover by consent, which need not wait
/// for a lease. False: it was not the owner, or `to` does not live.
bool hand_over(transaction& tx, const base::uuid& tenant_id, const base::uuid& node_id, std::int64_t fence,
               const base::uuid& to, base::timestamp now);

/// Tenants with deliveries to start before `until`, or left in the middle, that no other living node owns; those that
/// wait longest first, at most `limit`.
std::vector<base::uuid> tenants_with_work(transaction& tx, const base::uuid& node_id, base::timestamp until,
                                          base::timestamp now, int limit);

}  // namespace pulse::persistence
