// The interface through which the engine's actors reach the database, so that they can be tested on virtual time with
// rows in memory. The real one is actors/system/database_store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "actors/system/lease.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "domain/engine/shares.hpp"
#include "persistence/budgets/rate_limits.hpp"
#include "persistence/engine/deliveries.hpp"
#include "persistence/engine/delivery_ledger.hpp"
#include "persistence/events/events.hpp"

namespace pulse::actors {

/// Thread-safe. Every call returns at once and calls back exactly once, on any thread, perhaps before it returns.
class store {
 public:
  /// The answer to `take_tenant`.
  struct taken {
    bool answered = false;              // false: the database did not answer
    std::optional<std::int64_t> fence;  // none: another node has the tenant, or there is no such tenant
    base::uuid owner;                   // that other node; nil when there is no such tenant
    /// When the tenant's attempts of the last day began, by budget.
    std::shared_ptr<std::vector<persistence::past_start>> starts = nullptr;
    /// The accounts that a platform refuses for a while, see persistence::rate_limits::select_blocks.
    std::shared_ptr<std::vector<persistence::rate_limits::block>> blocks = nullptr;
  };

  /// Earlier calls that count against a tenant's budgets.
  struct past {
    std::vector<persistence::past_start> starts;
    std::vector<persistence::rate_limits::block> blocks;
  };

  /// The answer to `renew_lease`.
  enum class lease_word { renewed, over, no_answer };
  struct lease_answer {
    lease_word word = lease_word::no_answer;
    std::vector<base::timestamp> ends;  // of other nodes' leases: passed, or at most lease::ends_ahead away
    clock_gap clock;
    std::vector<domain::node_share> others;
  };

  /// The answer to `enter`.
  enum class entry_word { done, clock_apart, no_answer };
  struct entry_answer {
    entry_word word = entry_word::no_answer;
    clock_gap clock;
  };

  virtual ~store() = default;

  virtual void take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) = 0;
  /// What `take_tenant` has told, as it is now. Null when the database did not answer.
  virtual void load_past(const base::uuid& tenant_id, std::function<void(std::shared_ptr<past>)> done) = 0;
  /// See persistence::select_agenda. Null when the database did not answer.
  virtual void load_agenda(const base::uuid& tenant_id, std::int64_t fence, const persistence::agenda_part& part,
                           std::function<void(std::shared_ptr<persistence::agenda_rows>)> done) = 0;
  virtual void claim(persistence::intent what, persistence::delivery_ledger::claim_done done) = 0;
  virtual void record(std::shared_ptr<const persistence::delivery_change> what,
                      persistence::delivery_ledger::record_done done) = 0;
  /// See persistence::keep_handles. False also when the database did not answer.
  virtual void keep_handles(persistence::intent of, persistence::attempt_handles handles,
                            std::function<void(bool)> done) = 0;
  /// For reconciling. Null when the database did not answer or the delivery is gone.
  virtual void find_content(const base::uuid& tenant_id, const base::uuid& delivery_id,
                            std::function<void(std::shared_ptr<persistence::claimed_content>)> done) = 0;
  /// Tenants with work before `until` that this node may take. Null when the database did not answer.
  virtual void tenants_with_work(base::timestamp until,
                                 std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) = 0;
  /// Makes this process a node with a new lease; dead nodes that it knows of are removed first. Does nothing when its
  /// clock is unbearably far from the database server's.
  virtual void enter(std::function<void(entry_answer)> done) = 0;
  /// Extends this node's lease, unless another node has declared it dead; `tenants` is how many run on it.
  virtual void renew_lease(int tenants, std::function<void(lease_answer)> done) = 0;
  /// Makes another node the owner of a tenant that this one owns and has nothing of under way, and notifies that node.
  /// False also when the database did not answer.
  virtual void hand_over(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& to,
                         std::function<void(bool)> done) = 0;
  /// Appends an event about a channel. Best effort; nobody waits for it.
  virtual void append_event(persistence::events::event what) = 0;
  /// Notifies the node that owns a tenant that its rows have changed. Best effort: its own sweep finds them too.
  virtual void notify_owner(const base::uuid& node_id, const base::uuid& tenant_id) = 0;
};

}  // namespace pulse::actors
