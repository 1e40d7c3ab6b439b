#include "domain/explaining/simulated_limiter.hpp"

#include <array>
#include <utility>

namespace pulse::domain {

simulated_limiter::simulated_limiter(channel_type type, const budget_rates& rates) : own_(type, rates) {
  if (rates.app) app_.emplace(*rates.app);
}

void simulated_limiter::replay(const base::uuid& budget, base::timestamp at, bool published_nothing) {
  own_.replay(budget, at, published_nothing);
  if (app_) app_->replay(std::array{at});
}

simulated_permit simulated_limiter::ask(const permit_question& question, base::timestamp now) {
  if (app_slot_ && *app_slot_ + app_slot_life < now) app_slot_.reset();
  simulated_permit answer{own_.look(question, now, app_slot_ && *app_slot_ <= now)};
  if (answer.not_before <= now && app_) {
    if (!app_slot_) app_slot_ = app_->reserve(now);
    if (*app_slot_ > now) {
      answer = {{*app_slot_, limit_scope::app, app_->budget(), false, false}};
    } else {
      answer.app_slot = std::exchange(app_slot_, std::nullopt);
    }
  }
  if (answer.not_before > now) {
    own_.let_wait(question, answer.not_before);
    return answer;
  }
  own_.take(question, now);
  answer.granted = true;
  return answer;
}

void simulated_limiter::give_back(const base::uuid& budget, base::timestamp now) {
  own_.give_back(budget);
  if (app_) app_slot_ = now;
}

void simulated_limiter::refund(const base::uuid& budget, const used_permit& permit, bool never_called) {
  own_.refund(budget, permit.at, never_called);
  if (app_ && never_called && permit.app_slot) app_->refund(*permit.app_slot);
}

}  // namespace pulse::domain
