// One node's part in a budget that several nodes share: what it knows of the count that all keep together, and what it may take
// while that count cannot be asked.
#pragma once

#include <chrono>

#include "base/time.hpp"
#include "domain/throttle.hpp"

namespace pulse::domain {

/// The nodes keep one count of a budget together, in a place that may be away or forget everything at any time. Never more than the
/// limit starts within any window all the same, and this is why. T is `interval_among`, N the nodes, b the burst, or N if that is
/// more, so that at most b + x / T calls in any span of x keep the law.
///
/// - Together: the count is GCRA with T. Who was given the last slot was told how far the count had come. So one that has forgotten is
///   whole again when all nodes have said what they were told last: it gives nothing until then, or until `roll_call` is over.
/// - Apart: a node that gets no answer cannot know what the others took since. It counts on its own, from a full bucket of b * T, and
///   each of its slots costs N * T. The mean of all nodes' levels is never below the level of a count that had gone on: it begins
///   full, falls no faster, and rises by the same T with each slot. So the law holds across the change, and for windows apart.
/// - Back: no node has taken anything on its own within `patience` of its first question without an answer. A count that somebody has
///   asked within `freshness` was not away for so long. One that nobody has may have been, however short that seems to those who
///   were not sending, and calls the roll: nothing is given, those who are still on their own notice within `notice`, and what each
///   has taken on its own is added. Who does not answer the roll after so long a time has taken all that it could.
///
/// What cannot be kept: one node alone cannot reach the count while the others do, for longer than `patience`; then its part comes on
/// top. Nodes count each other by their leases: until a node hears that another has joined, each of the two believes in a part too
/// large. What a process has been told, and nobody else, is gone when it dies while the count forgets.
///
/// Not thread-safe.
class shared_budget {
 public:
  /// Each node asks or reports at least this often, also when it has nothing to send, plus what that may be late.
  static constexpr std::chrono::seconds freshness{7};
  /// A count that is there again is noticed within this by who asks: the longest pause between two connections to Redis, and the
  /// time-outs of connecting, of two greetings and of an answer, on both sides of it.
  static constexpr std::chrono::milliseconds notice{2000};
  /// So long a node waits before it takes the first slot on its own; clocks may be a second apart.
  static constexpr std::chrono::milliseconds patience = freshness + notice + std::chrono::seconds{1};
  /// So long a count that may have missed something gives nothing, unless all nodes have told what they know sooner.
  static constexpr std::chrono::seconds roll_call{7};
  static_assert(roll_call > notice);
  /// Who is given nothing asks again no later: the shared count may be there long before a slot of its own.
  static constexpr std::chrono::seconds look_again{1};

  explicit shared_budget(const rate& budget) : seen_(budget) {}

  /// What this node has to say, so that nothing is counted too low.
  struct report {
    base::timestamp arrival;  // as far as it knows the shared count
    base::timestamp last;     // the last slot
    told_pace told;
    base::timestamp heard;  // the last answer; 0: none yet
    int own = 0;            // slots it took on its own, of which it has no answer that they are in the count
    int nodes = 1;          // that may have something to say
  };
  report known(base::timestamp now) const;

  /// What the shared count answered.
  struct answer {
    base::timestamp arrival;
    base::timestamp last;
    told_pace told;
    bool is_open = true;  // false: the roll is being called
  };
  /// The answer to a question of `at` with which `reported` own slots were told.
  void heard(const answer& said, int reported, base::timestamp at);

  struct turn {
    base::timestamp at;
    bool is_told = false;   // it is the platform's own word that it is not earlier
    bool is_taken = false;  // false: nothing was taken, ask again then
  };
  /// The question of `now` got no answer. A node that is alone knows the whole count and goes on with it: its slots may be later than
  /// now. Otherwise a slot is for now, or there is none yet.
  turn without_answer(base::timestamp now);

  /// Whether no other node can have taken anything since this one last heard.
  bool is_alone() const { return nodes_ == 1 && !others_; }

  /// So many nodes live on the budget, this one included; at least 1.
  void share_among(int nodes);
  /// See throttle::change.
  void change(const rate& budget, base::timestamp now);
  /// See throttle::observe.
  void observe(std::string_view name, int remaining, base::timestamp resets_at, base::timestamp now);

  const rate& budget() const { return seen_.budget(); }
  base::timestamp blocked_until() const { return seen_.blocked_until(); }

 private:
  bool is_limited() const;
  void go_apart(base::timestamp now);
  base::timestamp told_earliest(base::timestamp now) const;

  throttle seen_;  // the shared count, as far as this node knows
  int nodes_ = 1;
  bool others_ = false;  // were there since the last answer
  base::timestamp heard_{};
  bool apart_ = false;
  base::timestamp patient_until_{};
  base::timestamp own_arrival_{};  // theoretical arrival time, as throttle's, with N * T each
  base::timestamp own_last_{};
  int own_ = 0;
};

/// The time that one call costs when `nodes` share the budget, or have just shared it: interval_of, and longer where each node's one
/// slot at a time are more than the burst. Nodes above the limit do not count: they get nothing on their own.
std::chrono::microseconds interval_among(const rate& budget, int nodes);

}  // namespace pulse::domain
