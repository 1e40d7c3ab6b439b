#include "actors/budgets/app_budgets.hpp"

#include "domain/budgets/reading.hpp"

namespace pulse::actors {

void local_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                std::function<void(app_turn slot)> done) {
  app_turn turn;
  {
    const std::lock_guard lock{mutex_};
    auto& its = throttle_of(platform, budget, now);
    turn.is_told = its.is_told(now);
    turn.at = its.reserve(now);
  }
  done(turn);
}

void local_app_budgets::confirm(domain::channel_type, const domain::rate&, const app_turn& held, base::timestamp,
                                std::function<void(app_turn slot)> done) {
  done(held);
}

void local_app_budgets::refund(domain::channel_type platform, const domain::rate& budget, base::timestamp slot,
                               base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(platform, budget, now).refund(slot);
}

void local_app_budgets::observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                                base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(platform, budget, now).observe(said.budget, said.remaining, said.resets_at, now);
}

base::timestamp local_app_budgets::earliest_read(domain::channel_type platform, const domain::rate& budget,
                                                 base::timestamp now) {
  const std::lock_guard lock{mutex_};
  const auto& its = throttle_of(platform, budget, now);
  return domain::earliest_read(budget, its.arrival(), its.last(), its.told(now), now);
}

base::timestamp local_app_budgets::blocked_until(domain::channel_type platform) {
  const std::lock_guard lock{mutex_};
  const auto found = throttles_.find(platform);
  return found == throttles_.end() ? base::timestamp{} : found->second.blocked_until();
}

domain::throttle& local_app_budgets::throttle_of(domain::channel_type platform, const domain::rate& budget,
                                                 base::timestamp now) {
  auto& found = throttles_.try_emplace(platform, budget).first->second;
  if (found.budget() != budget) found.change(budget, now);
  return found;
}

}  // namespace pulse::actors
