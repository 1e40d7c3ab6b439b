// The events that a watcher's connection must still send: a bounded queue between a hub's thread and the io thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "actors/activity/activity.hpp"
#include "base/uuid.hpp"
#include "http/live/deck.hpp"
#include "http/live/reach.hpp"

namespace pulse::http::live {

/// The longest queue of a slow reader; beyond it the reader is dropped, and reconnects with its cursor.
struct feed_limits {
  std::size_t events = 10'000;
  std::size_t bytes = 4 * 1024 * 1024;
};

/// A watcher that does not read its last message within this time is cut off.
inline constexpr std::chrono::milliseconds leave_timeout{500};

using frame = std::shared_ptr<const actors::activity_frame>;

/// `take` and `end` are called on a hub's thread and passed on; everything else belongs to the io thread.
class feed final : public actors::activity_watcher, public std::enable_shared_from_this<feed> {
 public:
  using executor = boost::asio::io_context::executor_type;

  /// `drop` is called at most once, on the io thread, when too much waits or its leave takes too long: it closes the
  /// connection.
  feed(executor on, feed_limits limits, std::function<void()> drop);

  void take(const actors::activity_batch& events) override;
  void end(actors::watch_end why) override;

  /// Receives the events of `take` on the io thread.
  void receive(const std::vector<frame>& events);

  /// `call` is called whenever there is something to do: events wait, the watcher must leave, or the feed was closed.
  void call_with(std::function<void()> call) { call_ = std::move(call); }
  /// Resets both callbacks.
  void forget_calls();

  /// Limits the feed to these projects, and to events of the company itself; empty: all projects.
  void subscribe(std::set<base::uuid> projects) { projects_ = std::move(projects); }

  /// Limits the feed to this access, whatever is subscribed; null: everything. Call it before any event is taken.
  void limit_to(std::shared_ptr<const watch_reach> reach) { reach_ = std::move(reach); }

  /// Adds an event that was read from the database.
  void push(frame event);

  /// The next events: at most `most`, and about `bytes` together.
  std::vector<frame> next(std::size_t most, std::size_t bytes = SIZE_MAX);

  /// The connection is gone, or must go.
  void close();
  bool is_closed() const { return is_closed_; }
  const std::optional<actors::watch_end>& ended() const { return ended_; }
  bool is_empty() const { return first_ == waiting_.size(); }

 private:
  bool wants(const actors::activity_frame& event) const;
  bool add(frame event);
  void go(actors::watch_end why);
  void drop();
  void call();

  deck& deck_;
  executor on_;
  feed_limits limits_;
  std::function<void()> drop_;
  std::function<void()> call_;
  std::unique_ptr<boost::asio::steady_timer> leave_;  // while it must leave
  std::set<base::uuid> projects_;
  std::shared_ptr<const watch_reach> reach_;
  std::vector<frame> waiting_;  // from `first_` on; an empty deque would hold half a KiB
  std::size_t first_ = 0;
  std::size_t waiting_bytes_ = 0;
  std::optional<actors::watch_end> ended_;
  bool is_closed_ = false;
};

}  // namespace pulse::http::live
