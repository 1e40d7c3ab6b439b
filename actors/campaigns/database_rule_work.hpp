// The rules' work in the running engine: PostgreSQL, the egress client, and the AI provider.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "actors/ai/asking.hpp"
#include "actors/campaigns/rule_work.hpp"
#include "actors/campaigns/run_performance.hpp"
#include "base/time.hpp"
#include "connectors/egress/egress.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/secrets/secret_box.hpp"

namespace pulse::actors {

class database_rule_work final : public rule_work {
 public:
  struct parts {
    persistence::database& database;  // as the engine
    const base::clock& clock;
    const base::uuid node_id;
    const persistence::secret_box& box;
    connectors::egress& client;
    asking* ai = nullptr;                // null: there is no provider
    std::function<void()> mail_waits{};  // must not block; may be empty
  };

  /// All of it outlives this; the pool and the client are stopped before it is destroyed.
  explicit database_rule_work(parts services) : services_(std::move(services)) {}

  void sweep(const base::uuid& tenant_id, std::int64_t fence,
             std::function<void(std::shared_ptr<found>)> done) override;
  void perform(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
               std::function<void(performed)> done) override;
  void ask(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
           std::shared_ptr<connectors::ai::request> question, std::function<void()> done) override;
  void read(const base::uuid& tenant_id, std::int64_t fence, feed what, std::function<void()> done) override;
  std::uint64_t listen(const base::uuid& tenant_id, std::function<void()> heard) override;
  void deafen(const base::uuid& tenant_id, std::uint64_t listener) override;

  /// Events of the tenant were committed in this process. Any thread; cheap when none of its rules listens.
  void wake(const base::uuid& tenant_id);

 private:
  struct listener {
    std::uint64_t number = 0;
    std::function<void()> heard;
  };

  run_surroundings surroundings() const;
  persistence::rule_agenda::owner owner_under(std::int64_t fence) const { return {services_.node_id, fence}; }
  void sweep_once(const base::uuid& tenant_id, std::int64_t fence,
                  std::function<void(persistence::result<found>)> done);
  void give_up(const base::uuid& tenant_id, std::int64_t fence, const base::uuid& run_id,
               std::function<void(performed)> done);

  const parts services_;
  std::mutex mutex_;
  std::uint64_t listeners_begun_ = 0;
  std::unordered_map<base::uuid, listener> listeners_;
};

}  // namespace pulse::actors
