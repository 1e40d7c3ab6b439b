// Somebody who watches each of some tenants, on hubs of their own, and counts what they are told.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include "actors/activity/database_source.hpp"
#include "actors/activity/hubs.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "persistence/postgres/database.hpp"

namespace pulse::bench {

class engine_watchers {
 public:
  /// Reads from `rows`, like the hubs of `pulse serve`. Both outlive it.
  engine_watchers(persistence::database& rows, const base::clock& clock)
      : source_(rows, clock), system_(settings_), hubs_(system_, source_) {}
  ~engine_watchers() { stop(); }

  /// Before the rows are gone.
  void stop() { hubs_.stop(); }

  /// One watcher of each; `is_watching` says when all of them are told what comes. Their sessions have their tenants'
  /// ids.
  void watch(const std::vector<base::uuid>& tenants) {
    wanted_ = tenants.size();
    for (const auto& each : tenants) {
      auto by = std::make_shared<counter>(*this);
      hubs_.watch({each, each, each, {}, {}, std::move(by)},
                  [this](const actors::watch_answer& answer) { watching_ += answer.is_watching ? 1 : 0; });
    }
  }
  bool is_watching() const { return watching_ == wanted_; }

  /// Events of this tenant were committed. Thread-safe.
  void wake(const base::uuid& tenant_id) { hubs_.wake(tenant_id); }

  std::size_t told() const { return told_; }
  /// Somebody was sent away: nothing of what was measured counts.
  bool is_broken() const { return is_broken_; }

 private:
  class counter final : public actors::activity_watcher {
   public:
    explicit counter(engine_watchers& of) : of_(of) {}
    void take(const actors::activity_batch& events) override { of_.told_ += events->size(); }
    void end(actors::watch_end why) override { of_.is_broken_ = of_.is_broken_ || why != actors::watch_end::stopping; }

   private:
    engine_watchers& of_;
  };

  std::atomic<std::size_t> wanted_{0};
  std::atomic<std::size_t> watching_{0};
  std::atomic<std::size_t> told_{0};
  std::atomic<bool> is_broken_{false};
  /// As the engine's own system, where `pulse serve` has its hubs.
  struct settings : caf::actor_system_config {
    settings() {
      set("scheduler.max-threads", std::size_t{2});
      set("scheduler.max-throughput", std::size_t{100});
      set("scheduler.policy", caf::atom("sharing"));
    }
  };

  actors::database_source source_;
  settings settings_;
  caf::actor_system system_;
  actors::hubs hubs_;
};

}  // namespace pulse::bench
