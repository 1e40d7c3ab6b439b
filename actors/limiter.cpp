#include "actors/limiter.hpp"

#include <algorithm>

#include "actors/safety.hpp"
#include "base/describe.hpp"
#include "domain/platform_limits.hpp"

namespace pulse::actors {

permit_answer limiter_state::ask(const permit_request& request) {
  const auto budget = domain::publish_rate(type);
  const auto answer = throttles.try_emplace(request.budget, budget).first->second.take(with->clock.now());
  return {request.delivery_id, answer.granted, answer.not_before,
          std::string{base::to_name(type)} + ", " + std::to_string(budget.limit) + " posts in " +
              std::to_string(std::chrono::duration_cast<std::chrono::seconds>(budget.window).count()) +
              " s an account"};
}

void limiter_state::learn(const budget_seen& seen) {
  auto& throttle = throttles.try_emplace(seen.budget, domain::publish_rate(type)).first->second;
  const auto now = with->clock.now();
  const base::timestamp latest = now + domain::longest_retry_delay;  // whatever the platform says
  for (const auto& report : seen.reports) throttle.observe(report.remaining, std::min(report.resets_at, latest), now);
  if (seen.blocked_until) throttle.block_until(std::min(*seen.blocked_until, latest));
}

limiter_actor::behavior_type limiter(limiter_actor::stateful_pointer<limiter_state> self, const services* with,
                                     domain::channel_type type) {
  make_safe(self);
  self->state.with = with;
  self->state.type = type;
  return {
      [self](const permit_request& request) { return self->state.ask(request); },
      [self](const budget_seen& seen) { self->state.learn(seen); },
  };
}

}  // namespace pulse::actors
