// The app budgets of all nodes together: counted in Redis, and by each node for its part while Redis does not answer.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "actors/budgets/app_budgets.hpp"
#include "actors/budgets/slot_questions.hpp"
#include "actors/system/lease.hpp"
#include "domain/budgets/shared_budget.hpp"
#include "persistence/redis/redis.hpp"

namespace pulse::actors {

/// Never more than a budget allows starts within any window, whatever becomes of Redis: emptied, killed, stopped, cut off from all.
/// domain::shared_budget says why, and what cannot be kept. Without other nodes Redis makes no difference. With them half of the burst
/// is set aside; a Redis that was away costs some seconds in which nothing starts, and after `shared_budget::patience` each node has its
/// part of that half at once, and of the rate. One question about a platform is under way at a time, and what comes meanwhile goes
/// together as the next one: the more is asked for, the less of it costs a question.
class shared_app_budgets final : public app_budgets {
 public:
  using submit = std::function<void(persistence::redis_command, persistence::redis::done)>;
  using monotonic_clock = std::function<slot_questions::monotonic_time()>;

  /// `through` outlives this, and is stopped before. None: there is no Redis for any node, and each has its part all the time.
  explicit shared_app_budgets(persistence::redis* through);
  /// Asks Redis by `ask`, which calls back once, on any thread: for tests in which Redis is away when they want it. Empty: see above.
  /// `clock` says how long an ask waits for the question before.
  explicit shared_app_budgets(submit ask, monotonic_clock clock = &lease::since_boot);

  void reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void confirm(domain::channel_type platform, const domain::rate& budget, const app_turn& held, base::timestamp now,
               std::function<void(app_turn slot)> done) override;
  void refund(domain::channel_type platform, const domain::rate& budget, base::timestamp slot,
              base::timestamp now) override;
  void observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
               base::timestamp now) override;
  base::timestamp earliest_read(domain::channel_type platform, const domain::rate& budget,
                                base::timestamp now) override;
  base::timestamp blocked_until(domain::channel_type platform) override;
  void share_among(int nodes) override;
  void keep_in_touch(base::timestamp now) override;

 private:
  using reply = persistence::redis_result<persistence::redis_reply>;
  struct sending {
    slot_questions::question what;
    domain::shared_budget::report knows;
  };
  void ask(domain::channel_type platform, slot_questions::ask one);
  void send(domain::channel_type platform, std::optional<sending> next);
  void end(domain::channel_type platform, sending& sent, const reply& answer);
  void report(domain::channel_type platform, base::timestamp now);

  // The caller holds the mutex.
  std::optional<sending> next_of(domain::channel_type platform, slot_questions::monotonic_time at);
  std::vector<app_turn> give_up(domain::channel_type platform, slot_questions::question& asked);
  std::optional<std::vector<app_turn>> hear(domain::channel_type platform, const reply& answer, std::size_t asks,
                                            int told_ever, base::timestamp now);
  app_turn go_without(domain::channel_type platform, const app_turn& held, base::timestamp now);
  domain::shared_budget& part_of(domain::channel_type platform, const domain::rate& budget, base::timestamp now);

  submit submit_;
  monotonic_clock clock_;
  std::string id_;  // of this process, to the others
  std::mutex mutex_;
  std::unordered_map<domain::channel_type, slot_questions> questions_;
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
