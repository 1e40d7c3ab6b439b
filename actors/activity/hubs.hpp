// All hubs of this process: one a company that somebody watches, begun on demand.
#pragma once

#include <memory>

#include "actors/activity/activity.hpp"
#include "actors/activity/rows.hpp"

namespace caf {
class actor_system;
}  // namespace caf

namespace pulse::actors {

class hubs final : public activity {
 public:
  /// Both outlive it.
  hubs(caf::actor_system& on, activity_rows& from);
  ~hubs() override;

  void watch(watch_request wanted, std::function<void(const watch_answer&)> done) override;
  void unwatch(const base::uuid& tenant_id, const std::shared_ptr<activity_watcher>& watcher) override;
  void wake(const base::uuid& tenant_id) override;

  /// Ends all hubs, which ends all who watch, and waits until none holds a watcher any more. Idempotent.
  void stop();

 private:
  class state;
  std::shared_ptr<state> state_;  // shared with the hubs, which say when they end
};

}  // namespace pulse::actors
