// What a watcher's connection has still to send: a bounded queue between a hub's thread and the connection's io thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "actors/activity/activity.hpp"
#include "base/uuid.hpp"
#include "http/live/reach.hpp"

namespace pulse::http::live {

/// What a slow reader may have waiting; with more it is dropped, so that it costs others nothing. It comes again with its cursor.
struct feed_limits {
  std::size_t events = 10'000;
  std::size_t bytes = 4 * 1024 * 1024;
};

/// A watcher that is told to go and does not read its leave is cut after so long.
inline constexpr std::chrono::milliseconds leave_timeout{500};

using frame = std::shared_ptr<const actors::activity_frame>;

/// `take` and `end` come on a hub's thread and post; everything else is the io thread's.
class feed final : public actors::activity_watcher, public std::enable_shared_from_this<feed> {
 public:
  using clock = std::chrono::steady_clock;
  using executor = boost::asio::io_context::executor_type;

  /// `drop` is called at most once, on the io thread, when too much waits or its leave takes too long: it closes the connection.
  feed(executor on, feed_limits limits, std::function<void()> drop);

  void take(const actors::activity_batch& events) override;
  void end(actors::watch_end why) override;

  /// Only events of these projects, and the company's own; empty: of all.
  void subscribe(std::set<base::uuid> projects) { projects_ = std::move(projects); }

  /// Only what this covers, whatever is subscribed to; null: everything. Before anything is taken.
  void limit_to(std::shared_ptr<const watch_reach> reach) { reach_ = std::move(reach); }

  /// Adds events that were read from the database.
  void push(frame event);

  /// Suspends until there is something to do, or `until`.
  boost::asio::awaitable<void> wait(clock::time_point until);
  /// Ends the wait.
  void wake();

  /// The next events, at most `most`.
  std::vector<frame> next(std::size_t most);

  /// The connection is gone, or to go.
  void close();
  bool is_closed() const { return is_closed_; }
  const std::optional<actors::watch_end>& ended() const { return ended_; }
  bool is_empty() const { return waiting_.empty(); }

 private:
  bool wants(const actors::activity_frame& event) const;
  void go(actors::watch_end why);
  void drop();

  executor on_;
  feed_limits limits_;
  std::function<void()> drop_;
  boost::asio::steady_timer call_;
  boost::asio::steady_timer leave_;
  std::set<base::uuid> projects_;
  std::shared_ptr<const watch_reach> reach_;
  std::deque<frame> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::optional<actors::watch_end> ended_;
  bool is_closed_ = false;
  bool is_called_ = false;
};

}  // namespace pulse::http::live
