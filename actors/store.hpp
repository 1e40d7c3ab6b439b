// What the engine's actors need of the database, without the database: so that they can be tested on virtual time with rows
// in memory. The real one is actors/database_store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/deliveries.hpp"
#include "persistence/delivery_ledger.hpp"

namespace pulse::actors {

/// Thread-safe. Every call returns at once and calls back exactly once, on any thread, perhaps before it returns.
class store {
 public:
  /// The answer to `take_tenant`.
  struct taken {
    bool answered = false;              // false: the database did not answer
    std::optional<std::int64_t> fence;  // none: another node has the tenant, or there is no such tenant
  };

  /// The answer to `renew_lease`.
  enum class lease_word { renewed, over, no_answer };

  virtual ~store() = default;

  virtual void take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) = 0;
  /// See persistence::select_agenda. Null when the database did not answer.
  virtual void load_agenda(const base::uuid& tenant_id, std::int64_t fence, base::timestamp until, int limit,
                           std::function<void(std::shared_ptr<std::vector<persistence::agenda_entry>>)> done) = 0;
  virtual void claim(persistence::intent what, persistence::delivery_ledger::claim_done done) = 0;
  virtual void record(persistence::change what, persistence::delivery_ledger::record_done done) = 0;
  /// For reconciling. Null when the database did not answer or the delivery is gone.
  virtual void find_content(const base::uuid& tenant_id, const base::uuid& delivery_id,
                            std::function<void(std::shared_ptr<persistence::claimed_content>)> done) = 0;
  /// Tenants with work before `until` that this node may take. Null when the database did not answer.
  virtual void tenants_with_work(base::timestamp until,
                                 std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) = 0;
  /// Makes this process a node with a fresh lease; the dead that it knows of are buried first. False: no answer.
  virtual void enter(std::function<void(bool)> done) = 0;
  /// Extends this node's lease.
  virtual void renew_lease(std::function<void(lease_word)> done) = 0;
  /// Writes the event that tells people that a channel keeps crashing and is left alone. Best effort.
  virtual void tell_degraded(const base::uuid& tenant_id, const base::uuid& channel_id) = 0;
};

}  // namespace pulse::actors
