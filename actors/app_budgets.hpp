// The budgets that all tenants share: what this installation's app may publish at a platform.
#pragma once

#include <functional>
#include <mutex>
#include <unordered_map>

#include "base/time.hpp"
#include "domain/channel.hpp"
#include "domain/throttle.hpp"

namespace pulse::actors {

/// Gives out the slots of the app budgets, first come, first served. A tenant holds at most one slot of a platform at a time
/// (actors/limiter): so tenants take turns, however much each of them has waiting. Thread-safe.
class app_budgets {
 public:
  virtual ~app_budgets() = default;

  /// Takes the next slot of the platform's budget, at `now` or later, and calls back once, on any thread, perhaps before it
  /// returns. A slot that is not used is lost.
  virtual void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                       std::function<void(base::timestamp slot)> done) = 0;
};

/// The budgets of one process alone.
class local_app_budgets final : public app_budgets {
 public:
  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(base::timestamp slot)> done) override;

  /// As `reserve`, at once.
  base::timestamp take(domain::channel_type platform, const domain::rate& budget, base::timestamp now);

  /// How far the platform's budget has come, see domain::throttle::arrival.
  base::timestamp arrival(domain::channel_type platform, const domain::rate& budget, base::timestamp now);
  /// Other nodes have come this far.
  void catch_up(domain::channel_type platform, const domain::rate& budget, base::timestamp arrival,
                base::timestamp now);

 private:
  domain::throttle& throttle_of(domain::channel_type platform, const domain::rate& budget, base::timestamp now);

  std::mutex mutex_;
  std::unordered_map<domain::channel_type, domain::throttle> throttles_;
};

}  // namespace pulse::actors
