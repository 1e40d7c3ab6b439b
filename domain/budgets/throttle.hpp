// How fast a platform may be called: the generic cell rate algorithm (GCRA), corrected by what the platform reports.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace pulse::domain {

/// A budget of calls: `limit` within any `window`, of which `burst` may come at once.
struct rate {
  int limit = 1;                           // at least 1
  std::chrono::milliseconds window{1000};  // at least 1 ms
  int burst = 1;                           // 1 to `limit`

  bool operator==(const rate&) const = default;
};

/// The time that one call costs: window / (limit - burst + 1), rounded up, so that with the burst never more than
/// `limit` fall into any window.
std::chrono::microseconds interval_of(const rate& budget);

/// What is due now may use the whole burst; a backlog may use half of it, and then one call an interval. So after a
/// short pause everything goes out at once, while a long backlog is spread and leaves the other half of the burst to
/// what is on time.
enum class urgency { on_time, backlog };

/// Later than this is a backlog.
inline constexpr std::chrono::seconds backlog_after{60};

/// The urgency at `now` of a start that was ready at `ready_at`.
constexpr urgency urgency_of(base::timestamp ready_at, base::timestamp now) {
  return now - ready_at > backlog_after ? urgency::backlog : urgency::on_time;
}

/// Calls of this urgency that may come at once; at least 1.
constexpr int burst_of(const rate& budget, urgency of) {
  return of == urgency::backlog ? (budget.burst + 1) / 2 : budget.burst;
}

/// The answer to "may this start now?".
struct permit {
  bool granted = false;
  base::timestamp not_before{};  // when not granted: when to ask again
};

/// What a platform has reported of a budget: no call before `blocked_until`, and until `until` one call an `interval`
/// (0: as the budget allows).
struct platform_pace {
  base::timestamp blocked_until{};
  std::chrono::microseconds interval{0};
  base::timestamp until{};
};

/// One budget. GCRA (ITU-T I.371 annex A; the virtual-scheduling form): the state is one time, the theoretical arrival
/// time, and a permit costs one interval: so never more than `limit` start within any window, however they come. Not
/// thread-safe: it belongs to one actor.
class throttle {
 public:
  explicit throttle(rate budget) : rate_(budget) {}

  /// When the next call may start; at or before `now`: now.
  base::timestamp earliest(base::timestamp now, urgency of = urgency::on_time) const;

  /// Takes one permit if there is one at `now`; otherwise says when to ask again and takes nothing.
  permit take(base::timestamp now, urgency of = urgency::on_time);

  /// Takes the next permit there is and answers when it may be used: at `now`, or later.
  base::timestamp reserve(base::timestamp now);

  /// The last permit was not used; it is given back.
  void give_back();

  /// The permit that was granted at `at` was used and came to nothing that the budget counts: the state is as if it had
  /// never been granted. One of long ago, or of before the budget was changed, stays spent.
  void refund(base::timestamp at);

  /// Calls that were made before this throttle existed, in order.
  void replay(std::span<const base::timestamp> starts);

  /// Replaces the budget from `now` on. Earlier calls are charged at the price of the new budget.
  void change(rate budget, base::timestamp now);

  /// The platform answered that it accepts nothing before `until`.
  void block_until(base::timestamp until);

  /// The platform said how many calls of its budget `name` are left until `resets_at`: when fewer than this throttle
  /// believes, the rest is spread over the time until then, so that the limit is not hit rather than reacted to. Of
  /// every name the last word counts (of the `most_observed` tightest), and the tightest that is in force holds. No
  /// word is believed for longer than `longest_retry_after`.
  void observe(std::string_view name, int remaining, base::timestamp resets_at, base::timestamp now);

  const rate& budget() const { return rate_; }
  /// Whether the next call waits at `now` because the platform said so.
  bool is_told(base::timestamp now, urgency of = urgency::on_time) const;
  /// What the platform has reported and is in force at `now`: the tightest of its budgets.
  platform_pace told(base::timestamp now) const;
  /// See `block_until`.
  base::timestamp blocked_until() const { return blocked_until_; }
  /// The state of the algorithm: the theoretical arrival time of the next call.
  base::timestamp arrival() const { return arrival_; }
  /// When the last permit was granted, or is to be used.
  base::timestamp last() const { return last_; }
  /// Takes over the state of another throttle of the same budget, its last call included, with what the platform has
  /// told it.
  void catch_up(base::timestamp arrival, base::timestamp last, const platform_pace& told);

  /// Whether the next call waits at `now` only because it is a backlog: what is on time might start.
  bool is_spread(base::timestamp now, urgency of) const;

  /// Names of the platform's budgets that are kept.
  static constexpr std::size_t most_observed = 8;
  /// How many of the latest permits are remembered, so that they can be refunded.
  static constexpr std::size_t most_refundable = 256;

 private:
  /// A budget of which the platform says that little is left.
  struct scarce {
    std::string name;  // empty: what another throttle of the same budget was told
    std::chrono::microseconds interval{0};
    base::timestamp until;
  };

  void spend(base::timestamp at);
  void forget_permits();
  void keep(scarce one);
  base::timestamp own_earliest(urgency of) const;
  base::timestamp told_earliest(base::timestamp now) const;

  rate rate_;
  base::timestamp base_{};               // the theoretical arrival time before the first of `granted_`
  std::deque<base::timestamp> granted_;  // the latest permits
  base::timestamp arrival_{};            // theoretical arrival time of the next call
  base::timestamp last_{};               // when the last permit was granted
  base::timestamp before_last_{};        // and the one before it: a permit may be given back
  base::timestamp blocked_until_{};
  std::vector<scarce> scarce_;  // while the platform has told of scarcer budgets; one a name
};

}  // namespace pulse::domain
