#include "actors/budgets/app_budgets.hpp"

#include "domain/budgets/reading.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::actors {

void local_app_budgets::reserve(const std::string& app, const domain::rate& budget, base::timestamp now,
                                std::function<void(app_turn slot)> done) {
  app_turn turn;
  {
    const std::lock_guard lock{mutex_};
    auto& its = throttle_of(app, budget, now);
    turn.is_told = its.is_told(now);
    turn.at = turn.slot = its.reserve(now);
  }
  turn.until = turn.at + domain::app_slot_life;
  done(turn);
}

void local_app_budgets::refund(const std::string& app, const domain::rate& budget, const app_turn& slot,
                               base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(app, budget, now).refund(slot.slot);
}

void local_app_budgets::observe(const std::string& app, const domain::rate& budget, const app_report& said,
                                base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(app, budget, now).observe(said.budget, said.remaining, said.resets_at, now);
}

base::timestamp local_app_budgets::earliest_read(const std::string& app, const domain::rate& budget,
                                                 base::timestamp now) {
  const std::lock_guard lock{mutex_};
  const auto& its = throttle_of(app, budget, now);
  return domain::earliest_read(budget, its.arrival(), its.last(), its.told(now), now);
}

base::timestamp local_app_budgets::blocked_until(const std::string& app) {
  const std::lock_guard lock{mutex_};
  const auto found = throttles_.find(app);
  return found == throttles_.end() ? base::timestamp{} : found->second.blocked_until();
}

domain::throttle& local_app_budgets::throttle_of(const std::string& app, const domain::rate& budget,
                                                 base::timestamp now) {
  auto& found = throttles_.try_emplace(app, budget).first->second;
  if (found.budget() != budget) found.change(budget, now);
  return found;
}

}  // namespace pulse::actors
