// A node's lease as the node sees it: until when it considers it valid, and what it asks the database about it. A node
// that takes a tenant over waits longer than that; `tests/domain/engine/takeover_exploration.cpp` plays every
// interleaving of it.
#pragma once

#include <chrono>

namespace pulse::domain {

struct lease_terms {
  std::chrono::seconds length{15};  // in the database, from the calendar time at which it was asked for
  std::chrono::seconds margin{
      1};  // that the node believes in it for less: the calendars of two nodes may be that far apart
};

/// Monotonic time, of the node alone.
using lease_moment = std::chrono::steady_clock::time_point;

/// A lease counts from the moment at which it was asked for, not from the answer.
constexpr lease_moment believed_until(lease_moment asked_at, const lease_terms& terms) {
  return asked_at + terms.length - terms.margin;
}

enum class lease_question {
  enter,  // as a new node
  renew,  // the lease that it has, if no other node has declared it dead
};

/// What a node knows of its membership. Several requests may be under way at the same time and be answered in any
/// order.
class lease_standing {
 public:
  /// The node enters, for the first time or after its lease has ended. Answers to earlier requests are ignored from now
  /// on.
  void begin(lease_moment now);
  /// What to ask at `now`.
  lease_question ask(lease_moment now);
  /// Whether the answer to a request made at `asked_at` counts.
  bool is_current(lease_moment asked_at) const { return asked_at >= begun_at_; }
  /// Whether a request without an answer is repeated soon: not while another one is under way.
  bool asks_again(lease_moment asked_at) const { return asked_at == asked_at_; }
  /// Whether the node has entered by this answer, a current one.
  bool granted();
  bool is_entered() const { return is_entered_; }

 private:
  bool is_entered_ = false;
  lease_moment begun_at_{};
  lease_moment asked_at_{};  // the latest
};

}  // namespace pulse::domain
