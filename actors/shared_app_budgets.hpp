// The app budgets of all nodes together: counted in Redis, and by each node for its part while Redis does not answer.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "actors/app_budgets.hpp"
#include "domain/shared_budget.hpp"
#include "persistence/redis.hpp"

namespace pulse::actors {

/// Never more than a budget allows starts within any window, whatever becomes of Redis: emptied, killed, stopped, cut off from all.
/// domain::shared_budget says why, and what cannot be kept. Without other nodes Redis makes no difference. With them half of the burst
/// is set aside; a Redis that was away costs some seconds in which nothing starts, and after `shared_budget::patience` each node has its
/// part of that half at once, and of the rate.
class shared_app_budgets final : public app_budgets {
 public:
  using submit = std::function<void(persistence::redis_command, persistence::redis::done)>;

  /// `through` outlives this, and is stopped before. None: there is no Redis for any node, and each has its part all the time.
  explicit shared_app_budgets(persistence::redis* through);
  /// Asks Redis by `ask`, which calls back once, on any thread: for tests in which Redis is away when they want it. Empty: see above.
  explicit shared_app_budgets(submit ask);

  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp blocked_until(domain::channel_type platform) override;
  void share_among(int nodes) override;
  void keep_in_touch(base::timestamp now) override;

 private:
  void ask(domain::channel_type platform, const domain::rate& budget, const app_turn& held, base::timestamp now,
           std::function<void(app_turn slot)> done);
  std::optional<app_turn> hear(domain::channel_type platform, base::timestamp now,
                               const persistence::redis_result<persistence::redis_reply>& answer, int told_ever);
  app_turn go_without(domain::channel_type platform, const app_turn& held, base::timestamp now);
  void report(domain::channel_type platform, base::timestamp now);
  domain::shared_budget& part_of(domain::channel_type platform, const domain::rate& budget, base::timestamp now);

  submit submit_;
  std::string id_;  // of this process, to the others
  std::mutex mutex_;
  std::unordered_map<domain::channel_type, domain::shared_budget> parts_;
  struct heard_answer {
    domain::shared_budget::answer said;
    base::timestamp at;
  };
  /// Of platforms to which this node has sent nothing yet: should Redis forget, it can say that something was there.
  std::unordered_map<domain::channel_type, heard_answer> heard_before_;
  int nodes_ = 0;  // 0: not heard yet
};

}  // namespace pulse::actors
