// When a delivery that failed for a temporary reason is tried again.
#pragma once

#include <chrono>
#include <optional>

#include <boost/describe.hpp>

namespace pulse::domain {

enum class backoff_strategy { linear, exponential };
BOOST_DESCRIBE_ENUM(backoff_strategy, linear, exponential)

/// The retry policy of a channel type, as `channel_retry_policies` names it.
struct retry_policy {
  int max_attempts = 5;  // attempts that may fail before the delivery does, the first included; 1 to 20
  backoff_strategy strategy = backoff_strategy::exponential;
  int retry_delay_seconds = 30;  // of the first retry; 1 to 3600
};
BOOST_DESCRIBE_STRUCT(retry_policy, (), (max_attempts, strategy, retry_delay_seconds))

/// The policy of a tenant that has set none.
inline constexpr retry_policy default_retry_policy{};

/// A tenant's policy from its row; the default where it has set none.
constexpr retry_policy policy_or_default(std::optional<int> max_attempts, std::optional<backoff_strategy> strategy,
                                         std::optional<int> retry_delay_seconds) {
  constexpr auto usual = default_retry_policy;
  return {max_attempts.value_or(usual.max_attempts), strategy.value_or(usual.strategy),
          retry_delay_seconds.value_or(usual.retry_delay_seconds)};
}

/// The longest delay by the policy.
inline constexpr std::chrono::hours longest_retry_delay{6};
/// The longest delay that a platform's Retry-After is believed for: no platform has a window longer than a day.
inline constexpr std::chrono::hours longest_retry_after{25};

/// Whether a delivery that has failed `failures` times may be tried again.
bool may_retry(const retry_policy& policy, int failures);

/// The delay before the retry that follows failure number `failures` (from 1): the policy's delay, times `failures`
/// (linear) or doubled for each one before it (exponential), spread by ±20 % so that deliveries which failed together
/// do not return together. `spread` is a random number in [0, 1).
std::chrono::milliseconds retry_delay(const retry_policy& policy, int failures, double spread);

}  // namespace pulse::domain
