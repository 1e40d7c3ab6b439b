// The store of the running engine: PostgreSQL, through the engine's own pool and the group commit.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "actors/system/store.hpp"
#include "base/time.hpp"
#include "persistence/engine/delivery_ledger.hpp"
#include "persistence/engine/wake_ups.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::actors {

class database_store final : public store {
 public:
  struct identity {
    base::uuid node_id;
    std::string name;                // for people: host and process
    std::vector<base::uuid> dead;    // nodes whose processes are known to be gone
    std::function<void()> buried{};  // called on a pool thread, each time they were buried in the database
  };

  /// `on` acts as the engine. Both outlive the store, and the pool is stopped before the store is destroyed.
  database_store(persistence::database& on, const base::clock& clock, identity who);

  void take_tenant(const base::uuid& tenant_id, std::function<void(taken)> done) override;
  void load_past(const base::uuid& tenant_id, std::function<void(std::shared_ptr<past>)> done) override;
  void load_agenda(const base::uuid& tenant_id, std::int64_t fence, const persistence::agenda_part& part,
                   std::function<void(std::shared_ptr<persistence::agenda_rows>)> done) override;
  void claim(persistence::intent what, persistence::delivery_ledger::claim_done done) override;
  void record(std::shared_ptr<const persistence::delivery_change> what,
              persistence::delivery_ledger::record_done done) override;
  void keep_handles(persistence::intent of, persistence::attempt_handles handles,
                    std::function<void(bool)> done) override;
  void find_content(const base::uuid& tenant_id, const base::uuid& delivery_id,
                    std::function<void(std::shared_ptr<persistence::claimed_content>)> done) override;
  void tenants_with_work(base::timestamp until,
                         std::function<void(std::shared_ptr<std::vector<base::uuid>>)> done) override;
  void enter(std::function<void(entry_answer)> done) override;
  void renew_lease(int tenants, std::function<void(lease_answer)> done) override;
  void hand_over(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& to,
                 std::function<void(bool)> done) override;
  void append_event(persistence::events::event what) override;
  void notify_owner(const base::uuid& node_id, const base::uuid& tenant_id) override;

  /// Gives this node's lease back: an orderly stop. Within a transaction of the engine.
  void leave(persistence::transaction& tx) const;

  persistence::delivery_ledger::counters count() const { return ledger_.count(); }

 private:
  persistence::database& database_;
  const base::clock& clock_;
  identity who_;
  persistence::delivery_ledger ledger_;
  persistence::wake_up_sender wake_ups_;
};

}  // namespace pulse::actors
