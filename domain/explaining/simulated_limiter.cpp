#include "domain/explaining/simulated_limiter.hpp"

#include <array>
#include <utility>

namespace pulse::domain {

simulated_limiter::simulated_limiter(channel_type type, const budget_rates& rates, own_apps apps)
    : type_(type), installations_(rates.app), own_(type, rates) {
  own_.set_apps(std::move(apps));
}

simulated_limiter::app_line& simulated_limiter::line_of(const base::uuid& account) {
  const auto& app = own_.apps().of(account);
  const auto [found, is_new] = lines_.try_emplace(app);
  if (is_new) {
    if (const auto its = app.empty() ? installations_ : app_rate(type_)) found->second.budget.emplace(*its);
  }
  return found->second;
}

void simulated_limiter::replay(const base::uuid& budget, base::timestamp at, bool published_nothing) {
  own_.replay(budget, at, published_nothing);
  if (auto& app = line_of(budget).budget) app->replay(std::array{at});
}

simulated_permit simulated_limiter::ask(const permit_question& question, base::timestamp now) {
  auto& [app, slot] = line_of(question.budget);
  if (slot && *slot + app_slot_life < now) slot.reset();
  simulated_permit answer{own_.look(question, now, slot && *slot <= now)};
  if (answer.not_before <= now && app) {
    if (!slot) slot = app->reserve(now);
    if (*slot > now) {
      answer = {{*slot, limit_scope::app, app->budget(), false, false}};
    } else {
      answer.app_slot = std::exchange(slot, std::nullopt);
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
  if (auto& line = line_of(budget); line.budget) line.slot = now;
}

void simulated_limiter::refund(const base::uuid& budget, const used_permit& permit, bool never_called) {
  own_.refund(budget, permit.at, never_called);
  if (auto& app = line_of(budget).budget; app && never_called && permit.app_slot) app->refund(*permit.app_slot);
}

}  // namespace pulse::domain
