#include "domain/engagement/polling.hpp"

#include <algorithm>
#include <vector>

namespace pulse::domain {

using std::chrono::seconds;

std::optional<seconds> usual_gap(std::span<const base::timestamp> posted, base::timestamp now) {
  std::vector<base::timestamp> times{posted.begin(), posted.end()};
  std::sort(times.begin(), times.end(), std::greater<>{});
  if (times.size() > posts_that_tell) times.resize(posts_that_tell);
  if (times.size() < 2) return std::nullopt;
  std::vector<seconds> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    gaps.push_back(std::chrono::floor<seconds>(times[i - 1] - times[i]));
  }
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  const auto silence = std::max(std::chrono::floor<seconds>(now - times.front()), seconds{0});
  return std::max(*middle, silence / 3);
}

seconds poll_interval(std::span<const base::timestamp> posted, base::timestamp now, const poll_bounds& bounds) {
  const auto gap = usual_gap(posted, now);
  const seconds wanted = gap ? *gap / polls_between_posts : seconds{first_poll_interval};
  return std::clamp(wanted, bounds.least, bounds.most);
}

base::timestamp next_poll(std::span<const base::timestamp> posted, const poll_outcome& last, base::timestamp now,
                          double spread, const poll_bounds& bounds) {
  auto interval = poll_interval(posted, now, bounds);
  if (last.failures > 0) {
    interval = std::min<seconds>(interval * (1 << std::min(last.failures, most_poll_doublings)), longest_poll_backoff);
  }
  const double factor = 1 - poll_jitter + 2 * poll_jitter * std::clamp(spread, 0.0, 1.0);
  const auto jittered = seconds{static_cast<std::int64_t>(static_cast<double>(interval.count()) * factor)};
  // Jitter never makes it more often than the bound says.
  auto at = now + std::max(jittered, bounds.least);
  if (last.retry_at) at = std::max(at, std::min<base::timestamp>(*last.retry_at, now + longest_poll_backoff));
  return at;
}

}  // namespace pulse::domain
