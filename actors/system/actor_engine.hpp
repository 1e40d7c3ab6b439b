// The running engine: the actor system with its node, and the way to it from other threads.
#pragma once

#include <chrono>
#include <memory>

#include "actors/activity/activity.hpp"
#include "actors/activity/rows.hpp"
#include "actors/budgets/messages.hpp"
#include "actors/system/engine.hpp"
#include "actors/system/services.hpp"

namespace pulse::actors {

/// Made, started and stopped from one thread; `notify` and `sweep_again` from any.
class actor_engine final : public engine {
 public:
  struct options {
    std::size_t threads = 2;
    /// Where the hubs of the live stream read; null: nobody can watch. Outlives the engine.
    activity_rows* events = nullptr;
  };

  /// `with` and `own` outlive the engine.
  actor_engine(const services& services, lease& own, options limits);
  ~actor_engine() override;

  void notify(const base::uuid& tenant_id, std::function<void()> heard) override;

  /// Asks the limiter of `what.type` in this company, which is started for it, whether a login may be used for a read.
  /// Any thread; never blocks. `done` is called once, on any thread; a refusal says when to ask again.
  void ask_to_read(const base::uuid& tenant_id, const read_permit_request& what,
                   std::function<void(read_permit_answer)> done);

  /// What the platform reported in reply to a read with one of the company's logins. Any thread; never blocks.
  void tell_budget(const base::uuid& tenant_id, domain::channel_type type, budget_seen seen);

  /// Notifications of other nodes may have been lost: reads the rows again. Any thread; never blocks.
  void sweep_again();

  /// The hubs of those who watch; null without `options::events`. As long as the engine.
  actors::activity* activity();

  /// Releases all tenants and waits, at most `grace`, until no actor runs. Calls that are still under way at a platform
  /// are found in the rows by the next start. Idempotent.
  void stop(std::chrono::milliseconds grace);

 private:
  class impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace pulse::actors
