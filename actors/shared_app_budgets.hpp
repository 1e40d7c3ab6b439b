// The app budgets of all nodes together: in Redis, and in this process alone while Redis does not answer.
#pragma once

#include "actors/app_budgets.hpp"
#include "persistence/redis.hpp"

namespace pulse::actors {

/// What Redis knows may vanish at any time: every node brings its own view along, and the later of the two holds. So an empty
/// Redis takes over what the nodes know, and nodes without Redis go on from what they have seen last.
class shared_app_budgets final : public app_budgets {
 public:
  /// `through` outlives this, and is stopped before.
  explicit shared_app_budgets(persistence::redis& through) : redis_(through) {}

  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp blocked_until(domain::channel_type platform) override { return local_.blocked_until(platform); }

 private:
  persistence::redis& redis_;
  local_app_budgets local_;
};

}  // namespace pulse::actors
