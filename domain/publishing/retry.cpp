#include "domain/publishing/retry.hpp"

#include <algorithm>

namespace pulse::domain {

bool may_retry(const retry_policy& policy, int failures) { return failures < policy.max_attempts; }

std::chrono::milliseconds retry_delay(const retry_policy& policy, int failures, double spread) {
  constexpr int most_doublings = 20;  // beyond it the cap has long been reached
  const std::chrono::milliseconds first = std::chrono::seconds{policy.retry_delay_seconds};
  const auto nth = std::max(failures, 1);
  std::chrono::milliseconds delay{0};
  switch (policy.strategy) {
    case backoff_strategy::linear: delay = first * nth; break;
    case backoff_strategy::exponential: delay = first * (std::int64_t{1} << std::min(nth - 1, most_doublings)); break;
  }
  constexpr double least = 0.8;
  constexpr double most = 1.2;
  // Capped so that the spread stays below the longest delay, and still spreads.
  delay = std::min(delay, std::chrono::floor<std::chrono::milliseconds>(longest_retry_delay / most));
  const double factor = least + (most - least) * std::clamp(spread, 0.0, 1.0);
  return std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(delay.count()) * factor)};
}

}  // namespace pulse::domain
