#include "actors/app_budgets.hpp"

namespace pulse::actors {

void local_app_budgets::reserve(domain::channel_type platform, const domain::rate& budget, base::timestamp now,
                                std::function<void(base::timestamp slot)> done) {
  done(take(platform, budget, now));
}

base::timestamp local_app_budgets::take(domain::channel_type platform, const domain::rate& budget,
                                        base::timestamp now) {
  const std::lock_guard lock{mutex_};
  return throttle_of(platform, budget, now).reserve(now);
}

base::timestamp local_app_budgets::arrival(domain::channel_type platform, const domain::rate& budget,
                                           base::timestamp now) {
  const std::lock_guard lock{mutex_};
  return throttle_of(platform, budget, now).arrival();
}

void local_app_budgets::catch_up(domain::channel_type platform, const domain::rate& budget, base::timestamp arrival,
                                 base::timestamp now) {
  const std::lock_guard lock{mutex_};
  throttle_of(platform, budget, now).catch_up(arrival);
}

domain::throttle& local_app_budgets::throttle_of(domain::channel_type platform, const domain::rate& budget,
                                                 base::timestamp now) {
  auto& found = throttles_.try_emplace(platform, budget).first->second;
  if (found.budget() != budget) found.change(budget, now);
  return found;
}

}  // namespace pulse::actors
