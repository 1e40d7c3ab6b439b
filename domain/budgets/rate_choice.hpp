// Which of several budgets is in force: the platform's documented one, the operator's, or the tenant's own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <boost/describe.hpp>

#include "domain/budgets/throttle.hpp"
#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

/// Who has set a budget.
enum class rate_source { none, documented, installation, tenant };
BOOST_DESCRIBE_ENUM(rate_source, none, documented, installation, tenant)

/// What the platform documents for this scope; nothing where it documents nothing (domain/platforms/platform_limits).
std::optional<rate> documented_rate(channel_type platform, limit_scope scope);

/// The maximum number of starts that a throttle of `budget` allows within any `window`; at least 1.
std::int64_t most_within(const rate& budget, std::chrono::milliseconds window);

/// Whether `wanted` never allows more than `bound`, neither at once nor within the bound's window.
bool is_within(const rate& wanted, const rate& bound);

struct rate_choice {
  std::optional<rate> budget;  // none: nothing limits
  rate_source source = rate_source::none;
};

/// The budget in force. The operator's replaces the documented one; the tenant's applies only if it is stricter.
rate_choice choose_rate(const std::optional<rate>& documented, const std::optional<rate>& installation,
                        const std::optional<rate>& tenant);

}  // namespace pulse::domain
