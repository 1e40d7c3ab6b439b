// How workers process rows that are due. Either in batches (`take_rows`, `poll_in_batches`): the next poll follows a
// pause after the whole batch is settled. Or with a number of rows under way (`due_row_worker`): the next poll follows
// as soon as one of them is settled.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "persistence/postgres/database.hpp"

namespace pulse::actors {

/// The rows that one poll has taken. Any thread.
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

/// Takes rows of all companies by `take(transaction&)`, in one transaction, and calls `begin(row, taken)` for each,
/// which is to settle it once. Then `done(count)` is called; `done(0)` where nothing was due or the database did not
/// answer. As the engine.
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

/// Polls now, and again `how.pause` after each batch is settled, until `stopped`: members of the worker's state, as are
/// `poll(done)` and `services.client`, whose timers it uses.
template <class State>
void poll_in_batches(const std::shared_ptr<State>& state) {
  if (state->stopped) return;
  state->poll([state](int) {
    if (!state->stopped) state->services.client.after(state->how.pause, [state] { poll_in_batches(state); });
  });
}

/// The base of the state of a worker that keeps several rows under way. `State` has `services.database` (as the
/// engine), `services.client` (whose timers it uses), `how.poll_every`, `at_once()` (rows under way at most),
/// `take(room)` (the job that takes at most `room` rows) and `begin(row)`, which calls `settle` once for each row. Any
/// thread; nothing blocks.
template <class State>
class due_row_worker : public std::enable_shared_from_this<State> {
 public:
  /// Polls now, and from then on every `how.poll_every`.
  void start() {
    if (is_stopped_) return;
    poll();
    state().services.client.after(state().how.poll_every, [self = this->shared_from_this()] { self->start(); });
  }

  /// Takes as many due rows as there is room for; none while another poll is under way.
  void poll() {
    const int room = state().at_once() - under_way_;
    if (is_stopped_ || room <= 0 || is_polling_.exchange(true)) return;
    auto take = state().take(room);
    using rows = std::invoke_result_t<decltype(take)&, persistence::transaction&>;
    state().services.database.transact(std::nullopt, std::move(take),
                                       [self = this->shared_from_this()](persistence::result<rows> due) {
                                         if (due.has_value()) self->under_way_ += static_cast<int>(due->size());
                                         self->is_polling_ = false;
                                         if (due.has_error()) return;
                                         for (const auto& each : *due) self->begin(each);
                                       });
  }

  /// Takes nothing new. What is under way ends with the client and the pool.
  void stop() { is_stopped_ = true; }

 protected:
  /// A row is settled. Where that could not be stored, the row is due again by itself, and the next regular poll finds
  /// it.
  void settle(bool is_stored) {
    --under_way_;
    if (is_stored) poll();
  }

  bool is_stopped() const { return is_stopped_; }

 private:
  State& state() { return static_cast<State&>(*this); }

  std::atomic<bool> is_stopped_{false};
  std::atomic<int> under_way_{0};
  std::atomic<bool> is_polling_{false};
};

}  // namespace pulse::actors
