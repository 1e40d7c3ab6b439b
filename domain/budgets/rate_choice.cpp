#include "domain/budgets/rate_choice.hpp"

#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

std::optional<rate> documented_rate(channel_type platform, limit_scope scope) {
  switch (scope) {
    case limit_scope::account: return publish_rate(platform);
    case limit_scope::app: return app_rate(platform);
    case limit_scope::tenant: return std::nullopt;
  }
  return std::nullopt;
}

std::int64_t most_within(const rate& budget, std::chrono::milliseconds window) {
  // After a burst, one permit an interval (see throttle); in a window that is open at one end, the last one is outside.
  const auto interval = interval_of(budget).count();
  const auto whole = std::chrono::microseconds{window}.count();
  return budget.burst + (whole + interval - 1) / interval - 1;
}

bool is_within(const rate& wanted, const rate& bound) {
  return wanted.burst <= bound.burst && most_within(wanted, bound.window) <= bound.limit;
}

rate_choice choose_rate(const std::optional<rate>& documented, const std::optional<rate>& installation,
                        const std::optional<rate>& tenant) {
  rate_choice chosen;
  if (documented) chosen = {documented, rate_source::documented};
  if (installation) chosen = {installation, rate_source::installation};
  if (tenant && (!chosen.budget || is_within(*tenant, *chosen.budget))) chosen = {tenant, rate_source::tenant};
  return chosen;
}

}  // namespace pulse::domain
