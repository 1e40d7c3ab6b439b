// The app budgets of all nodes together: in Redis, and in this process alone while Redis does not answer.
#pragma once

#include <algorithm>
#include <atomic>

#include "actors/app_budgets.hpp"
#include "persistence/redis.hpp"

namespace pulse::actors {

/// What Redis knows may vanish at any time: every node brings its own view along, and the later of the two holds. An empty Redis
/// takes over what a node knows, and what the others may have taken meanwhile is left out. Without Redis a node goes on from what
/// it has seen last, with its share of the budget.
class shared_app_budgets final : public app_budgets {
 public:
  /// `through` outlives this, and is stopped before.
  explicit shared_app_budgets(persistence::redis& through) : redis_(through) {}

  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp blocked_until(domain::channel_type platform) override { return local_.blocked_until(platform); }
  void share_among(int nodes) override { nodes_ = std::max(nodes, 1); }

 private:
  domain::rate share_of(domain::rate budget) const;
  std::int64_t taken_by_others(const domain::rate& budget) const;

  persistence::redis& redis_;
  local_app_budgets local_;
  std::atomic<int> nodes_{1};
};

}  // namespace pulse::actors
