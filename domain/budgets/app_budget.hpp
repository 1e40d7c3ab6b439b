// An app's budget that all nodes share, as one row counts it: what a node that asks is given, and what it gives back.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::domain {

/// A slot may be used for so long from its time on: 3 s, and a quarter of the window where that is less.
std::chrono::milliseconds slot_life(const rate& budget);

/// The time that one slot costs: interval_of for a window that is longer by the life of a slot.
std::chrono::microseconds slot_interval(const rate& budget);

/// The row of one budget: GCRA (domain/budgets/throttle) with `slot_interval`, counted under the row's lock.
///
/// Never more than the limit is used within any window, whoever dies or restarts. Let D be the window and the life of a slot, T the
/// interval, b the burst. Whoever uses slots within a window was given slots whose times lie within D. Each slot moves the arrival by T at
/// least, and is for no time earlier than (b - 1) T before it. So the last of the slots within D was given when the arrival was T past
/// the first for each one between them, and there are no more than D / T + b - 1 of them, which is the limit. Their order makes
/// no difference, and a slot that is taken out again only leaves the others earlier than they were when they were given.
struct app_budget {
  rate counted_by;                     // the budget of the last question
  base::timestamp asked_at{};          // the latest question
  base::timestamp base{};              // theoretical arrival time before the first of `slots`
  std::vector<base::timestamp> slots;  // the latest that were given, in their order
  base::timestamp last{};              // the latest time that a slot was given for
  platform_pace told{};                // what the platform has said

  /// Slots of which one may still be given back.
  static constexpr std::size_t most_refundable = 64;
  /// Slots that cost less are not remembered: so many that none of them matters.
  static constexpr std::chrono::milliseconds worth_refunding{100};
  /// A node is given so many of the slots that are free, and no more, before it needs them: one in four.
  static constexpr int part_ahead = 4;

  base::timestamp arrival() const;
};

/// What a node asks.
struct slot_request {
  rate budget;                            // as it knows it now
  int wanted = 0;                         // slots, for now or for the earliest time that there is
  int ahead = 0;                          // and so many more, should they be free now
  std::optional<platform_pace> news{};    // what the platform has said since it asked last
  std::vector<base::timestamp> unused{};  // slots that came to nothing
};

struct granted_slot {
  base::timestamp at;
  bool is_told = false;  // it is the platform's own word that it is not earlier
};

struct slot_grant {
  base::timestamp now;              // by the clock that counts
  std::vector<granted_slot> slots;  // the wanted ones, and behind them those ahead, which are for now
  platform_pace told;
};

/// Answers the question of `now`. All times are by one clock, the database's; should that go back, the row's does not.
slot_grant grant_slots(app_budget& row, const slot_request& asked, base::timestamp now);

}  // namespace pulse::domain
