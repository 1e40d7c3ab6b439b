#include "actors/app_budgets.hpp"

namespace pulse::actors {

void local_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                std::function<void(app_turn slot)> done) {
  done(take(platform, budget, now));
}

void local_app_budgets::observe(domain::channel_type platform, const domain::rate& budget, const app_report& said,
                                base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(platform, budget, now).observe(said.budget, said.remaining, said.resets_at, now);
}

base::timestamp local_app_budgets::blocked_until(domain::channel_type platform) {
  const std::lock_guard lock{mutex_};
  const auto found = throttles_.find(platform);
  return found == throttles_.end() ? base::timestamp{} : found->second.blocked_until();
}

app_turn local_app_budgets::take(domain::channel_type platform, const domain::rate& budget, base::timestamp now) {
  const std::lock_guard lock{mutex_};
  auto& its = throttle_of(platform, budget, now);
  const bool is_told = its.is_told(now);
  return {its.reserve(now), is_told};
}

local_app_budgets::progress local_app_budgets::known(domain::channel_type platform, const domain::rate& budget,
                                                     base::timestamp now) {
  const std::lock_guard lock{mutex_};
  const auto& its = throttle_of(platform, budget, now);
  return {its.arrival(), its.told(now)};
}

void local_app_budgets::catch_up(domain::channel_type platform, const domain::rate& budget, const progress& others,
                                 base::timestamp last, base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(platform, budget, now).catch_up(others.arrival, last, others.told);
}

domain::throttle& local_app_budgets::throttle_of(domain::channel_type platform, const domain::rate& budget,
                                                 base::timestamp now) {
  auto& found = throttles_.try_emplace(platform, budget).first->second;
  if (found.budget() != budget) found.change(budget, now);
  return found;
}

}  // namespace pulse::actors
