// How workers go through rows that are due: a look takes some of them, each is settled by itself, and a pause later the next look follows.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// The rows that one look has taken. Any thread.
class taken_rows {
 public:
  /// `count` is at least 1.
  taken_rows(int count, std::function<void(int)> done) : left_(count), count_(count), done_(std::move(done)) {}

  /// One of them is settled. With the last one `done(count)` is called.
  void settle() {
    if (--left_ == 0) done_(count_);
  }

 private:
  std::atomic<int> left_;
  const int count_;
  const std::function<void(int)> done_;
};
using taken_rows_ptr = std::shared_ptr<taken_rows>;

/// Takes rows of all companies by `take(transaction&)`, in one transaction, and calls `begin(row, taken)` for each, which is to settle it
/// once. Then `done(count)` is called; `done(0)` where nothing was due or the database did not answer. As the engine.
template <class Take, class Begin>
void take_rows(persistence::database& from, Take take, Begin begin, std::function<void(int)> done) {
  using rows = std::invoke_result_t<Take&, persistence::transaction&>;
  from.transact(std::nullopt, std::move(take),
                [begin = std::move(begin), done = std::move(done)](persistence::result<rows> due) {
                  if (due.has_error() || due->empty()) return done(0);
                  const auto taken = std::make_shared<taken_rows>(static_cast<int>(due->size()), done);
                  for (const auto& each : *due) begin(each, taken);
                });
}

/// Looks now, and again `how.pause` after each look has ended, until `stopped`: members of the worker's state, as are `look(done)` and
/// `with.client`, whose timers it uses.
template <class State>
void keep_looking(const std::shared_ptr<State>& state) {
  if (state->stopped) return;
  state->look([state](int) {
    if (!state->stopped) state->with.client.after(state->how.pause, [state] { keep_looking(state); });
  });
}

}  // namespace pulse::actors
