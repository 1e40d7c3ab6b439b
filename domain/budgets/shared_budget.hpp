// One node's part in a budget that several nodes share: what it knows of the count that all keep together, and what it may take
// while that count cannot be asked.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::domain {

/// The nodes keep one count of a budget together, in a place that may be away or forget everything at any time. Never more than the
/// limit starts within any window all the same, and this is why. T is `interval_among`, N the nodes, b the burst, or N if that is
/// more. C is the level of a GCRA with T that sees every call of every node. The law holds while C is never above b.
///
/// - Together: the count is GCRA with T, and gives nothing above `shared_burst`, half of b: the other half is set aside. Who was given
///   the last slot was told how far the count had come. So one that has forgotten is whole again when all nodes have said what they
///   were told last: it gives nothing until then, or until `roll_call` is over.
/// - Apart: a node that gets no answer cannot know what the others took since. It counts on its own: its share of what was set aside,
///   `own_share`, may start at once, and what comes after costs N * T a slot. So C rises by N shares at most above the half where the
///   others left it, and else no faster than the nodes' own counts fall together.
/// - Back: no node has taken anything on its own within `patience` of its first question without an answer. A count that somebody has
///   asked within `freshness` was not away for so long. One that nobody has may have been, however short that seems to those who
///   were not sending, and calls the roll: nothing is given, those who are still on their own notice within `notice`, and what each
///   has taken on its own is added. A node that misses the roll call is assumed to have used its whole share.
/// - Again: what was added may bring the count above its half. Then it gives nothing until it has come down, and until then (`over`) each
///   node has that much less of its own: nobody gets a share anew that the count has not paid for. A node that has not been answered
///   since it was apart has only what it has left of its share.
/// - More or fewer nodes: a share shrinks with the first word of it, and grows when the count has known the number for `patience`, so
///   that all have heard. A process that has never been answered has no share: another may have taken it in its place.
/// - A slot that came to nothing is taken out of the count again, which keeps its latest slots for that, and counts the refunds. What a
///   node knew of before weighs that much less: each refund lowers a count by T at most, so it says nothing that the count does not
///   hold already, unless the count has forgotten.
/// - Never together: where there is no count at all, each node has an N-th of the burst and of the rate, from the beginning.
///
/// What cannot be kept:
/// - One node alone cannot reach the count while the others do, for longer than `patience`: what its own count falls comes on top.
/// - Nodes count each other by their leases: until a node hears that another has joined, each of the two believes in a part too large;
///   without any count, the one that joined may use its part beside what the other has used of the whole.
/// - What a process has been told, and nobody else, is gone when it ends while the count forgets, or when it cannot be reached during
///   the roll and none of the others has ever been answered.
/// - What a process took on its own is gone when it ends before it could tell, and another takes its place that is answered before it
///   could have been on its own; also when it was alone: a process that starts alone while nobody answers begins anew, as if nothing
///   had been used, and so does one where there is never a count.
/// - A slot that a node took on its own while there were others, and that came to nothing, stays spent.
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

  enum class counting {
    together,  // there is a shared count, which may be away
    never,     // there is none: each node has its part
  };
  explicit shared_budget(const rate& budget, counting how = counting::together) : seen_(budget), how_(how) {}

  /// What this node has to say, so that nothing is counted too low.
  struct report {
    base::timestamp arrival;                // as far as it knows the shared count
    std::chrono::microseconds interval{0};  // that a slot costs there; 0: it has no arrival to tell
    base::timestamp last;                   // the last slot
    told_pace told;
    base::timestamp heard;  // the last answer; 0: none yet
    int own = 0;            // slots it took on its own, of which it has no answer that they are in the count
    int own_ever = 0;       // and with those that are: tells the same report from another one
    std::chrono::microseconds own_left{
        0};                    // what `own` still weighs in the count when it falls from the first of them on
    bool is_unsure = false;    // on its own since the process began: nobody knows what the one before it took
    int nodes = 1;             // that may have something to say
    int sharers = 0;           // that live on the budget; 0: it needs no protection
    std::int64_t refunds = 0;  // that `arrival` knows of
    bool is_ahead =
        false;  // `arrival` holds slots that it took alone and that no answer has: refunds of before do not lower it
  };
  report known(base::timestamp now) const;

  /// What the shared count answered.
  struct answer {
    base::timestamp arrival;
    base::timestamp last;
    told_pace told;
    bool is_open = true;     // false: the roll is being called
    base::timestamp over{};  // until then it is above its part of the burst, because of what it had to add
    int sharers = 1;         // the most nodes that anybody has told it of lately
    std::int64_t refunds =
        0;  // of slots that came to nothing, ever: a count with more of them may be lower than it was
  };
  /// The answer to a question of `at` with which `told_ever` own slots were told, of all that were ever taken.
  void heard(const answer& said, int told_ever, base::timestamp at);

  struct turn {
    base::timestamp at;
    bool is_told = false;   // it is the platform's own word that it is not earlier
    bool is_taken = false;  // false: nothing was taken, ask again then
  };
  /// The question of `now` got no answer. A node that is alone knows the whole count and goes on with it: its slots may be later than
  /// now. Otherwise a slot is for now, or there is none yet.
  turn without_answer(base::timestamp now);

  /// The same of a question that wanted nothing: the sooner a node notices, the sooner it has its share.
  void unanswered(base::timestamp now);

  /// The slot of `at` came to nothing: what this node took on its own is as if it had not been taken where it was alone, or where there
  /// is no shared count and it was the last. False: it is not such a slot.
  bool refund(base::timestamp at);

  /// Whether no other node can have taken anything since this one last heard.
  bool is_alone() const { return sharers() == 1; }
  /// Whether there is a count to ask.
  bool is_shared() const { return how_ == counting::together; }

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
  std::chrono::microseconds own_burst(int nodes) const;
  std::chrono::microseconds share(base::timestamp now) const;
  int sharers() const;
  int uncounted() const { return own_ever_ - counted_; }
  void go_apart(base::timestamp now);
  void go_alone(base::timestamp now);
  void resize(base::timestamp now);
  void take_own(base::timestamp now);
  base::timestamp told_earliest(base::timestamp now) const;

  throttle seen_;  // the shared count, as far as this node knows
  counting how_;
  int nodes_ = 1;
  int lately_ = 1;  // the most of them since the last answer
  base::timestamp heard_{};
  std::int64_t refunds_ = 0;                      // see answer
  std::optional<base::timestamp> took_alone_at_;  // the last slot that `seen_` has and no answer
  base::timestamp over_{};
  int shared_nodes_ = 0;  // of which the count knows since
  base::timestamp shared_since_{};
  int settled_nodes_ = 0;  // of which all know; 0: of none yet

  bool apart_ = false;
  bool is_unsure_ = false;  // see report
  base::timestamp patient_until_{};
  int own_nodes_ = 1;  // what the own count is reckoned with
  /// The share when this node went apart first since it was answered, in the shared count's time.
  std::optional<std::chrono::microseconds> share_;
  base::timestamp own_arrival_{};  // theoretical arrival time, as throttle's, with N * T each
  base::timestamp own_used_{};     // the same of what was really taken, since the last answer
  base::timestamp own_last_{};
  struct own_count {
    base::timestamp arrival;
    base::timestamp used;
  };
  std::optional<own_count> before_last_;  // what was before the last own slot, while nothing else has changed it
  int own_ever_ = 0;
  int counted_ = 0;  // of those
  int carried_ = 0;  // taken before the last answer, and not counted by it
};

/// The time that one call costs when `nodes` share the budget, or have just shared it: interval_of, and longer where each node's one
/// slot at a time are more than the burst. Nodes above the limit do not count: they get nothing on their own.
std::chrono::microseconds interval_among(const rate& budget, int nodes);

/// What each of `nodes` may start at once when it is on its own: its part of the half of the burst that is set aside. 0 when nothing
/// is: for one node, and for a burst of less than two a node.
int own_share(const rate& budget, int nodes);

/// What all of `nodes` may start at once by the count that they share: the burst, without what is set aside.
int shared_burst(const rate& budget, int nodes);

}  // namespace pulse::domain
