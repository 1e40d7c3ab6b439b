#include "domain/throttle.hpp"

#include <algorithm>

namespace pulse::domain {

using std::chrono::microseconds;

namespace {

/// Rounded down, the parts would fit into the whole once too often.
microseconds divide_up(microseconds whole, int parts) { return (whole + microseconds{parts - 1}) / parts; }

}  // namespace

microseconds interval_of(const rate& budget) {
  return divide_up(budget.window, std::max(budget.limit - budget.burst + 1, 1));
}

base::timestamp throttle::earliest(base::timestamp now, urgency of) const {
  base::timestamp at = arrival_ - interval_of(rate_) * (rate_.burst - 1);
  if (of == urgency::backlog) at = std::max<base::timestamp>(at, last_ + interval_of(rate_));
  if (spread_interval_ && now < spread_until_) at = std::max<base::timestamp>(at, last_ + *spread_interval_);
  return std::max({at, blocked_until_, now});
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
  last_ = std::max(last_, at);
}

void throttle::give_back() { arrival_ -= interval_of(rate_); }

void throttle::replay(std::span<const base::timestamp> starts) {
  for (const auto at : starts) spend(at);
}

void throttle::change(rate budget, base::timestamp now) {
  const auto used = std::max<microseconds>(arrival_ - now, microseconds{0});
  const auto before = interval_of(rate_);
  rate_ = budget;
  arrival_ = now + microseconds{(used.count() + before.count() - 1) / before.count() * interval_of(rate_).count()};
}

void throttle::catch_up(base::timestamp arrival) { arrival_ = std::max(arrival_, arrival); }

void throttle::block_until(base::timestamp until) { blocked_until_ = std::max(blocked_until_, until); }

void throttle::observe(int remaining, base::timestamp resets_at, base::timestamp now) {
  if (resets_at <= now) return;
  if (remaining <= 0) return block_until(resets_at);
  const microseconds even = divide_up(resets_at - now, remaining);
  // A comfortable budget needs no spreading: only one that the own rate would use up before it is renewed.
  if (even <= interval_of(rate_)) {
    spread_interval_.reset();
    return;
  }
  if (remaining > rate_.limit / 4) return;
  spread_interval_ = even;
  spread_until_ = resets_at;
}

}  // namespace pulse::domain
