#include "domain/budgets/app_budget.hpp"

#include <algorithm>
#include <iterator>

#include "domain/platforms/platform_limits.hpp"

namespace pulse::domain {

using std::chrono::microseconds;

namespace {

microseconds interval(const app_budget& row) { return slot_interval(row.counted_by); }

void count(app_budget& row, base::timestamp slot) { row.base = std::max(row.base, slot) + interval(row); }

void settle(app_budget& row) {
  row.base = row.arrival();
  row.slots.clear();
}

/// Slots that were used before are charged at the price of the new budget.
void change(app_budget& row, const rate& budget, base::timestamp now) {
  const auto used = std::max<microseconds>(row.arrival() - now, microseconds{0});
  const auto before = interval(row);
  settle(row);
  row.counted_by = budget;
  row.base = now + (used + before - microseconds{1}) / before * interval(row);
  row.last = std::min(row.last, now);
}

void hear(app_budget& row, const platform_pace& news) {
  row.told = {std::max(row.told.blocked_until, news.blocked_until), news.interval, news.until};
}

void take_back(app_budget& row, base::timestamp slot) {
  const auto found = std::find(row.slots.rbegin(), row.slots.rend(), slot);
  if (found != row.slots.rend()) row.slots.erase(std::next(found).base());
}

granted_slot next_slot(const app_budget& row, base::timestamp arrival, base::timestamp now) {
  const auto own = std::max<base::timestamp>(now, arrival - interval(row) * (row.counted_by.burst - 1));
  auto told = row.told.blocked_until;
  // After `until` the platform has begun a new budget.
  if (row.told.interval.count() > 0 && now < row.told.until)
    told = std::max(told, std::min<base::timestamp>(row.last + row.told.interval, row.told.until));
  return {std::max(own, told), told > own};
}

/// Gives the slot; answers the arrival after it.
base::timestamp give(app_budget& row, base::timestamp slot, base::timestamp arrival) {
  row.last = std::max(row.last, slot);
  if (interval(row) < app_budget::worth_refunding) {
    count(row, slot);
    return row.base;
  }
  row.slots.push_back(slot);
  if (row.slots.size() > app_budget::most_refundable) {
    count(row, row.slots.front());
    row.slots.erase(row.slots.begin());
  }
  return std::max(arrival, slot) + interval(row);
}

/// Slots that may still start at `now`.
int free_slots(const app_budget& row, base::timestamp arrival, base::timestamp now) {
  if (row.told.blocked_until > now || (row.told.interval.count() > 0 && now < row.told.until)) return 0;
  const auto left = interval(row) * row.counted_by.burst - std::max<microseconds>(arrival - now, microseconds{0});
  return static_cast<int>(std::max<microseconds>(left, microseconds{0}) / interval(row));
}

}  // namespace

std::chrono::milliseconds slot_life(const rate& budget) {
  return std::min<std::chrono::milliseconds>(app_slot_life, budget.window / 4);
}

microseconds slot_interval(const rate& budget) {
  return interval_of({budget.limit, budget.window + slot_life(budget), budget.burst});
}

base::timestamp app_budget::arrival() const {
  auto at = base;
  for (const auto slot : slots) at = std::max(at, slot) + slot_interval(counted_by);
  return at;
}

slot_grant grant_slots(app_budget& row, const slot_request& asked, base::timestamp now) {
  row.asked_at = now = std::max(now, row.asked_at);
  for (const auto slot : asked.unused) take_back(row, slot);
  if (row.counted_by != asked.budget) change(row, asked.budget, now);
  if (asked.news) hear(row, *asked.news);
  slot_grant grant{now, {}, {}};
  auto arrival = row.arrival();
  for (int i = 0; i < asked.wanted; ++i) {
    grant.slots.push_back(next_slot(row, arrival, now));
    arrival = give(row, grant.slots.back().at, arrival);
  }
  const int ahead = std::min(asked.ahead, free_slots(row, arrival, now) / app_budget::part_ahead);
  for (int i = 0; i < ahead; ++i) {
    grant.slots.push_back({now, false});
    arrival = give(row, now, arrival);
  }
  grant.told = row.told;
  return grant;
}

}  // namespace pulse::domain
