#include "domain/budgets/throttle.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/publishing/retry.hpp"

namespace pulse::domain {

using std::chrono::microseconds;

namespace {

/// The longest window that a platform's budget has.
constexpr std::chrono::hours farthest_reset{24};

/// Rounded down, one part too many would fit into the whole.
microseconds divide_up(microseconds whole, int parts) { return (whole + microseconds{parts - 1}) / parts; }

}  // namespace

microseconds interval_of(const rate& budget) {
  return divide_up(budget.window, std::max(budget.limit - budget.burst + 1, 1));
}

base::timestamp throttle::earliest(base::timestamp now, urgency of) const {
  return std::max({own_earliest(of), told_earliest(now), now});
}

base::timestamp throttle::own_earliest(urgency of) const {
  const auto within = [this](int burst) -> base::timestamp { return arrival_ - interval_of(rate_) * (burst - 1); };
  const auto at = within(rate_.burst);
  if (of == urgency::on_time) return at;
  // After a burst it continues at the budget's own pace instead of waiting until half of the burst is free again.
  const auto paced = std::max<base::timestamp>(at, last_ + interval_of(rate_));
  return std::min(paced, within(burst_of(rate_, of)));
}

base::timestamp throttle::told_earliest(base::timestamp now) const {
  auto at = blocked_until_;
  for (const auto& each : scarce_) {
    // After `resets_at` the platform has begun a new budget.
    if (now < each.until) at = std::max(at, std::min<base::timestamp>(last_ + each.interval, each.until));
  }
  return at;
}

bool throttle::is_spread(base::timestamp now, urgency of) const {
  return of == urgency::backlog && earliest(now) <= now && earliest(now, of) > now;
}

bool throttle::is_told(base::timestamp now, urgency of) const {
  const auto at = told_earliest(now);
  return at > now && at >= own_earliest(of);
}

platform_pace throttle::told(base::timestamp now) const {
  platform_pace tightest{blocked_until_, microseconds{0}, {}};
  for (const auto& each : scarce_) {
    if (now < each.until && each.interval > tightest.interval) {
      tightest.interval = each.interval;
      tightest.until = each.until;
    }
  }
  return tightest;
}

permit throttle::take(base::timestamp now, urgency of) {
  const auto at = earliest(now, of);
  if (now < at) return {false, at};
  spend(now);
  return {true, now};
}

base::timestamp throttle::reserve(base::timestamp now) {
  const auto at = earliest(now);
  spend(at);
  return at;
}

void throttle::spend(base::timestamp at) {
  arrival_ = std::max(arrival_, at) + interval_of(rate_);
  before_last_ = std::exchange(last_, std::max(last_, at));
  granted_.push_back(at);
  if (granted_.size() <= most_refundable) return;
  base_ = std::max(base_, granted_.front()) + interval_of(rate_);
  granted_.pop_front();
}

void throttle::give_back() {
  arrival_ -= interval_of(rate_);
  last_ = before_last_;
  if (!granted_.empty()) granted_.pop_back();
}

void throttle::refund(base::timestamp at) {
  const auto found = std::find(granted_.rbegin(), granted_.rend(), at);
  if (found == granted_.rend()) return;
  granted_.erase(std::next(found).base());
  arrival_ = base_;
  for (const auto each : granted_) arrival_ = std::max(arrival_, each) + interval_of(rate_);
}

void throttle::forget_permits() {
  granted_.clear();
  base_ = arrival_;
}

void throttle::replay(std::span<const base::timestamp> starts) {
  for (const auto at : starts) spend(at);
}

void throttle::change(rate budget, base::timestamp now) {
  const auto used = std::max<microseconds>(arrival_ - now, microseconds{0});
  const auto before = interval_of(rate_);
  rate_ = budget;
  last_ = std::min(last_, now);
  arrival_ = now + microseconds{(used.count() + before.count() - 1) / before.count() * interval_of(rate_).count()};
  forget_permits();
}

void throttle::catch_up(base::timestamp arrival, base::timestamp last, const platform_pace& told) {
  arrival_ = std::max(arrival_, arrival);
  last_ = std::max(last_, last);
  forget_permits();
  block_until(told.blocked_until);
  scarce_.clear();
  if (told.interval.count() > 0) scarce_.push_back({"", told.interval, told.until});
}

void throttle::block_until(base::timestamp until) { blocked_until_ = std::max(blocked_until_, until); }

void throttle::observe(std::string_view name, int remaining, base::timestamp resets_at, base::timestamp now) {
  if (resets_at <= now) return;
  const auto until = std::min<base::timestamp>(resets_at, now + longest_retry_after);
  std::erase_if(scarce_,
                [&](const scarce& each) { return each.name == name || each.name.empty() || each.until <= now; });
  if (remaining <= 0) return block_until(until);
  const auto even = divide_up(std::min<base::timestamp>(resets_at, now + farthest_reset) - now, remaining);
  // A comfortable budget needs no spreading: only one that the own rate would use up before it is renewed.
  if (even <= interval_of(rate_) || remaining > rate_.limit / 4) return;
  keep({std::string{name}, even, until});
}

/// The tightest are kept.
void throttle::keep(scarce one) {
  if (scarce_.size() < most_observed) return scarce_.push_back(std::move(one));
  const auto loosest = std::min_element(scarce_.begin(), scarce_.end(),
                                        [](const scarce& a, const scarce& b) { return a.interval < b.interval; });
  if (loosest->interval < one.interval) *loosest = std::move(one);
}

}  // namespace pulse::domain
