#include "domain/explaining/simulated_limiter.hpp"

#include <array>
#include <utility>

namespace pulse::domain {

simulated_limiter::simulated_limiter(channel_type type, const budget_rates& rates)
    : counts_posts_(account_limit_unit(type) == limit_unit::posts), rates_(rates) {
  if (rates.tenant) tenant_.emplace(*rates.tenant);
  if (rates.app) app_.emplace(*rates.app);
}

void simulated_limiter::replay(const base::uuid& budget, base::timestamp at, bool published_nothing) {
  const std::array one{at};
  if (!published_nothing || !counts_posts_) account(budget).replay(one);
  if (tenant_ && !published_nothing) tenant_->replay(one);
  if (app_) app_->replay(one);
}

void simulated_limiter::block(const base::uuid& budget, base::timestamp until) { account(budget).block_until(until); }

simulated_permit simulated_limiter::ask(const base::uuid& budget, base::timestamp ready_at, base::timestamp now) {
  const auto of = urgency_of(ready_at, now);
  auto& own = account(budget);
  simulated_permit answer{false,        own.earliest(now, of), limit_scope::account,
                          own.budget(), own.is_told(now, of),  own.is_spread(now, of)};
  if (tenant_ && tenant_->earliest(now, of) > answer.not_before) {
    answer = {false, tenant_->earliest(now, of), limit_scope::tenant, tenant_->budget(),
              false, tenant_->is_spread(now, of)};
  }
  if (answer.not_before > now) return answer;
  if (app_) {
    if (app_slot_ && *app_slot_ + app_slot_life < now) app_slot_.reset();
    if (!app_slot_) app_slot_ = app_->reserve(now);
    if (*app_slot_ > now) return {false, *app_slot_, limit_scope::app, app_->budget(), false, false};
    answer.app_slot = std::exchange(app_slot_, std::nullopt);
  }
  own.take(now, of);
  if (tenant_) tenant_->take(now, of);
  answer.granted = true;
  return answer;
}

void simulated_limiter::give_back(const base::uuid& budget, base::timestamp now) {
  account(budget).give_back();
  if (tenant_) tenant_->give_back();
  if (app_) app_slot_ = now;
}

void simulated_limiter::refund(const base::uuid& budget, const used_permit& permit, bool never_called) {
  if (counts_posts_ || never_called) account(budget).refund(permit.at);
  if (tenant_) tenant_->refund(permit.at);
  if (app_ && never_called && permit.app_slot) app_->refund(*permit.app_slot);
}

throttle& simulated_limiter::account(const base::uuid& budget) {
  return accounts_.try_emplace(budget, rates_.account).first->second;
}

}  // namespace pulse::domain
