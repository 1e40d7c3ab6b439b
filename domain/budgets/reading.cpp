#include "domain/budgets/reading.hpp"

#include <algorithm>

namespace pulse::domain {

base::timestamp earliest_read(const rate& budget, base::timestamp arrival, base::timestamp last,
                              const platform_pace& told, base::timestamp now) {
  auto at = std::max(now, told.blocked_until);
  if (now < told.until) at = std::max(at, std::min<base::timestamp>(last + told.interval * read_pace, told.until));
  return std::max<base::timestamp>(at, arrival - interval_of(budget) * (read_burst(budget) - 1));
}

}  // namespace pulse::domain
