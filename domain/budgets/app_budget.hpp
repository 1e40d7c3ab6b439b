// An app's budget that all nodes share. One row counts it: nodes lease slots from it and give back what they do not
// use.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::domain {

/// How long a slot may be used from its time on: 3 s, or a quarter of the window if that is less.
std::chrono::milliseconds slot_life(const rate& budget);

/// The time that one slot costs: `interval_of` a window that is longer by the life of a slot.
std::chrono::microseconds slot_interval(const rate& budget);

/// The row of one budget: GCRA (domain/budgets/throttle) with `slot_interval`, counted under the row's lock.
///
/// Within any window at most the limit is used, whichever nodes die or restart. Let D be the window and the life of a
/// slot, T the interval, b the burst. Slots that are used within a window have times that lie within D. Each slot moves
/// the arrival by T at least, and is for no time earlier than (b - 1) T before it. So the last of the slots within D
/// was given when the arrival was T past the first for each one between them, and there are no more than D / T + b - 1
/// of them, which is the limit. Their order makes no difference, and a slot that is taken out again only leaves the
/// others earlier than they were when they were given.
struct app_budget {
  rate counted_by;                     // the budget of the last question
  base::timestamp asked_at{};          // the latest question
  base::timestamp base{};              // theoretical arrival time before the first of `slots`
  std::vector<base::timestamp> slots;  // the latest that were given, in their order
  base::timestamp last{};              // the latest time that a slot was given for
  platform_pace told{};                // what the platform has said

  /// How many of the latest slots are remembered, so that they can be given back.
  static constexpr std::size_t most_refundable = 64;
  /// Slots that cost less than this are not remembered: there are so many that one does not matter.
  static constexpr std::chrono::milliseconds worth_refunding{100};
  /// A node is given at most one in so many of the free slots ahead of its need.
  static constexpr int part_ahead = 4;

  base::timestamp arrival() const;
};

/// A node's request.
struct slot_request {
  rate budget;                            // as the node knows it
  int wanted = 0;                         // slots, for now or for the earliest possible time
  int ahead = 0;                          // further slots, if they are free now
  std::optional<platform_pace> news{};    // what the platform has said since the node's last request
  std::vector<base::timestamp> unused{};  // slots that were not used: given back
};

struct granted_slot {
  base::timestamp at;
  bool is_told = false;  // the platform itself said that it is not earlier
};

struct slot_grant {
  base::timestamp now;              // by the clock that counts
  std::vector<granted_slot> slots;  // the wanted ones, then those ahead, which are for now
  platform_pace told;
};

/// Answers a request made at `now`. All times are of the database's clock. If that clock goes back, the row's time does
/// not.
slot_grant grant_slots(app_budget& row, const slot_request& asked, base::timestamp now);

}  // namespace pulse::domain
