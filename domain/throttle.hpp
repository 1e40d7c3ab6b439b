// How fast a platform may be called: the generic cell rate algorithm (GCRA), fed by what the platform says of itself.
#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "base/time.hpp"

namespace pulse::domain {

/// A budget of calls: `limit` within any `window`, of which `burst` may come at once.
struct rate {
  int limit = 1;                           // at least 1
  std::chrono::milliseconds window{1000};  // at least 1 ms
  int burst = 1;                           // 1 to `limit`

  bool operator==(const rate&) const = default;
};

/// The time that one call costs: window / (limit - burst + 1), rounded up, so that with the burst never more than `limit`
/// fall into any window.
std::chrono::microseconds interval_of(const rate& budget);

/// Who asks: what is due now may use the burst, what has been late for a while comes one interval after the last call at the
/// earliest. So a backlog is spread, and leaves the burst to what is on time.
enum class urgency { on_time, backlog };

/// The answer to "may this start now?".
struct permit {
  bool granted = false;
  base::timestamp not_before{};  // when not granted: when to ask again
};

/// One budget. GCRA (ITU-T I.371 annex A; the virtual-scheduling form): the state is one time, the theoretical arrival time,
/// and a permit costs one interval: so never more than `limit` start within any window, however they come.
/// Not thread-safe: it belongs to one actor.
class throttle {
 public:
  explicit throttle(rate budget) : rate_(budget) {}

  /// When the next call may start; at or before `now`: now.
  base::timestamp earliest(base::timestamp now, urgency of = urgency::on_time) const;

  /// Takes one permit if there is one at `now`; otherwise says when to ask again and takes nothing.
  permit take(base::timestamp now, urgency of = urgency::on_time);

  /// Takes the next permit there is and answers when it may be used: at `now`, or later.
  base::timestamp reserve(base::timestamp now);

  /// The last permit was not used.
  void give_back();

  /// Calls that were made at these times, in their order, before this throttle was there.
  void replay(std::span<const base::timestamp> starts);

  /// The budget is another from `now` on; the calls that were made stay made, and cost what they cost under the new one.
  void change(rate budget, base::timestamp now);

  /// The platform answered that it wants no more before `until`.
  void block_until(base::timestamp until);

  /// The platform said how many of its calls are left until `resets_at`: when fewer than this throttle believes, the rest
  /// is spread over the time until then, so that the limit is not hit rather than reacted to.
  void observe(int remaining, base::timestamp resets_at, base::timestamp now);

  const rate& budget() const { return rate_; }
  /// Whether it is the platform's own word that makes the next call wait at `now`.
  bool is_told(base::timestamp now) const { return now < blocked_until_ || (spread_interval_ && now < spread_until_); }
  /// The state of the algorithm: the theoretical arrival time of the next call.
  base::timestamp arrival() const { return arrival_; }
  /// Another throttle of the same budget has come this far.
  void catch_up(base::timestamp arrival);

 private:
  void spend(base::timestamp at);

  rate rate_;
  base::timestamp arrival_{};  // theoretical arrival time of the next call
  base::timestamp last_{};     // when the last permit was granted
  base::timestamp blocked_until_{};
  std::optional<std::chrono::microseconds> spread_interval_;  // while the platform has told of a scarcer budget
  base::timestamp spread_until_{};
};

}  // namespace pulse::domain
