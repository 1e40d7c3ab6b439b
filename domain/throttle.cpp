#include "domain/throttle.hpp"

#include <algorithm>

namespace pulse::domain {

using std::chrono::microseconds;

namespace {

/// Rounded down, the parts would fit into the whole once too often.
microseconds divide_up(microseconds whole, int parts) { return (whole + microseconds{parts - 1}) / parts; }

}  // namespace

permit throttle::take(base::timestamp now) {
  if (now < blocked_until_) return {false, blocked_until_};
  if (spread_interval_ && now >= spread_until_) spread_interval_.reset();

  auto earliest = arrival_ - interval() * (rate_.burst - 1);
  if (spread_interval_) earliest = std::max(earliest, last_ + *spread_interval_);
  if (now < earliest) return {false, earliest};
  arrival_ = std::max(arrival_, now) + interval();
  last_ = now;
  return {true, now};
}

void throttle::block_until(base::timestamp until) { blocked_until_ = std::max(blocked_until_, until); }

void throttle::observe(int remaining, base::timestamp resets_at, base::timestamp now) {
  if (resets_at <= now) return;
  if (remaining <= 0) return block_until(resets_at);
  const microseconds even = divide_up(resets_at - now, remaining);
  // A comfortable budget needs no spreading: only one that the own rate would use up before it is renewed.
  if (even <= interval()) {
    spread_interval_.reset();
    return;
  }
  if (remaining > rate_.limit / 4) return;
  spread_interval_ = even;
  spread_until_ = resets_at;
}

microseconds throttle::interval() const { return divide_up(rate_.window, std::max(rate_.limit - rate_.burst + 1, 1)); }

}  // namespace pulse::domain
