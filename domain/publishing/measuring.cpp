#include "domain/publishing/measuring.hpp"

#include <algorithm>

namespace pulse::domain {

std::optional<base::timestamp> next_measurement(base::timestamp published_at, base::timestamp now) {
  const auto next = std::find_if(measuring_times.begin(), measuring_times.end(),
                                 [&](std::chrono::minutes after) { return published_at + after > now; });
  if (next == measuring_times.end()) return std::nullopt;
  return published_at + *next;
}

std::optional<base::timestamp> retry_measurement(int failures, std::optional<base::timestamp> retry_at,
                                                 base::timestamp now) {
  if (failures >= most_measuring_failures) return std::nullopt;
  const auto pause = std::chrono::minutes{5} * (1 << std::clamp(failures - 1, 0, most_measuring_failures));
  return std::max(retry_at.value_or(now), now + pause);
}

}  // namespace pulse::domain
