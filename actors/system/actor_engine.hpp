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

/// Made, started and stopped from one thread; `notify` and `look_again` from any.
class actor_engine final : public engine {
 public:
  struct options {
    std::size_t threads = 2;
    /// Where the hubs of the live stream read; null: nobody can watch. Outlives the engine.
    activity_rows* events = nullptr;
  };

  /// `with` and `own` outlive the engine.
  actor_engine(const services& with, lease& own, options limits);
  ~actor_engine() override;

  void notify(const base::uuid& tenant_id, std::function<void()> heard) override;

  /// Asks the limiter of `what.type` in this company, which is woken for it, whether its login may be used to look something up. Any thread; never
  /// blocks. `done` is called once, on any thread; one who is to ask again is told when.
  void ask_to_read(const base::uuid& tenant_id, const look_permit_request& what,
                   std::function<void(look_permit_answer)> done);

  /// What the platform said to a look with one of the company's logins. Any thread; never blocks.
  void tell_budget(const base::uuid& tenant_id, domain::channel_type type, budget_seen seen);

  /// What other nodes told this one may not have been heard: looks at the rows. Any thread; never blocks.
  void look_again();

  /// The hubs of those who watch; null without `options::events`. As long as the engine.
  actors::activity* activity();

  /// Lets go of all tenants and waits, at most `grace`, until no actor runs. What is under way at a platform is left to the
  /// rows: the next start finds it. Idempotent.
  void stop(std::chrono::milliseconds grace);

 private:
  class impl;
  std::unique_ptr<impl> impl_;
};

}  // namespace pulse::actors
