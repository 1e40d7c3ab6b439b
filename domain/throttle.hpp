// How fast a platform may be called: the generic cell rate algorithm (GCRA), fed by what the platform says of itself.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace pulse::domain {

/// A budget of calls: `limit` within any `window`, of which `burst` may come at once.
struct rate {
  int limit = 1;                           // at least 1
  std::chrono::milliseconds window{1000};  // at least 1 ms
  int burst = 1;                           // 1 to `limit`
};

/// The answer to "may this start now?".
struct permit {
  bool granted = false;
  base::timestamp not_before{};  // when not granted: when to ask again
};

/// One budget. GCRA (ITU-T I.371 annex A; the virtual-scheduling form): the state is one time, the theoretical arrival time,
/// and a permit costs one interval, window / (limit - burst + 1): so never more than `limit` start within any window, however
/// they come.
/// Not thread-safe: it belongs to one actor.
class throttle {
 public:
  explicit throttle(rate budget) : rate_(budget) {}

  /// Takes one permit if there is one at `now`; otherwise says when to ask again and takes nothing.
  permit take(base::timestamp now);

  /// The platform answered that it wants no more before `until`.
  void block_until(base::timestamp until);

  /// The platform said how many of its calls are left until `resets_at`: when fewer than this throttle believes, the rest
  /// is spread over the time until then, so that the limit is not hit rather than reacted to.
  void observe(int remaining, base::timestamp resets_at, base::timestamp now);

 private:
  std::chrono::microseconds interval() const;

  rate rate_;
  base::timestamp arrival_{};  // theoretical arrival time of the next call
  base::timestamp last_{};     // when the last permit was granted
  base::timestamp blocked_until_{};
  std::optional<std::chrono::microseconds> spread_interval_;  // while the platform has told of a scarcer budget
  base::timestamp spread_until_{};
};

}  // namespace pulse::domain
