#include "domain/campaigns/rule_slots.hpp"

#include <algorithm>
#include <set>

#include "domain/campaigns/rule.hpp"

namespace pulse::domain::campaigns {

std::optional<base::timestamp> next_free_slot(const std::vector<std::string>& slots,
                                              const std::vector<base::timestamp>& taken, const zone_clock& zone,
                                              base::timestamp after) {
  std::vector<int> minutes;
  for (const auto& each : slots) {
    if (const auto minute = parse_time_of_day(each)) minutes.push_back(*minute);
  }
  std::sort(minutes.begin(), minutes.end());
  std::set<std::int64_t> taken_minutes;
  const auto minute_of = [](base::timestamp at) {
    return std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count();
  };
  for (const auto each : taken) taken_minutes.insert(minute_of(each));
  auto day = zone.day_at(after);
  for (int i = 0; i < most_slot_days; ++i, day += date::days{1}) {
    for (const int minute : minutes) {
      const auto at = zone.moment_of(day + std::chrono::minutes{minute} + std::chrono::seconds{0});
      if (at > after && !taken_minutes.contains(minute_of(at))) return at;
    }
  }
  return std::nullopt;
}

}  // namespace pulse::domain::campaigns
