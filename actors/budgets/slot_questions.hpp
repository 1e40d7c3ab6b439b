// What waits while a question about an app's budget is under way, and then goes together as the next one.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "actors/budgets/app_budgets.hpp"
#include "base/time.hpp"
#include "domain/budgets/throttle.hpp"

namespace pulse::actors {

/// The questions about one platform's budget, of which one at a time is under way: the asks for slots in the order in which they came,
/// and the newest word of the platform. Knows nothing of the law and of who is asked.
///
/// A question has one time, which is when it is sent: an ask that waited counts as made then, by how long it has waited. So all that the
/// law says of a question of `now`, its answer and its failure holds of it, no slot is for a time before it could be had, and times go
/// back from one question to the next no further than without waiting. With its own time, a failure would say that the count was away
/// while it still answered the question before, and the node would be on its own too soon.
///
/// An ask that waits behind a question without an answer has none either, by its own time, at which that question was under way. To be
/// sent in its turn would add the time-outs of a second question to those that the law allows for.
///
/// Not thread-safe.
class slot_questions {
 public:
  using monotonic_time = std::chrono::steady_clock::time_point;

  /// Asks that one question carries. Redis does nothing else meanwhile.
  static constexpr std::size_t most_together = 128;

  struct ask {
    domain::rate budget;
    app_turn held;  // reserved: to be confirmed; otherwise a slot is asked for
    base::timestamp now;
    std::function<void(app_turn)> done;
  };
  /// What the platform has said, and is told to the others.
  struct word {
    domain::rate budget;
    domain::told_pace told;
  };
  struct question {
    std::vector<ask> asks;  // at most `most_together`, all of one budget; none: only the word is told
    base::timestamp now;    // of its asks
    std::optional<word> told;
  };

  /// It came at `at`.
  void add(ask one, monotonic_time at);
  /// Takes the place of one that waits, but for a time before which nothing is wanted: the latest holds.
  void tell(const word& newer);

  /// What is to be sent at `at`, and is under way from now on. Nothing while another one is, and when nothing waits.
  std::optional<question> next(monotonic_time at);

  /// The question that was under way has its answer.
  void answered() { is_under_way_ = false; }
  /// It has none. Gives those that waited behind it, in their order and with their own times; the word goes on waiting.
  std::vector<ask> failed();

 private:
  struct waiting {
    ask what;
    monotonic_time since;
  };

  std::deque<waiting> asks_;  // bounded by the tenants, each of which asks once at a time
  std::optional<word> word_;
  bool is_under_way_ = false;
};

}  // namespace pulse::actors
