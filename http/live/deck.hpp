// Shared by the watchers of one io thread: the queue of events from the hubs' threads, and one timer.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include "actors/activity/activity.hpp"

namespace pulse::http::live {

class feed;

/// A service of one thread's event loop. `put` is thread-safe; call everything else on the loop.
class deck final : public boost::asio::execution_context::service {
 public:
  using key_type = deck;
  using clock = std::chrono::steady_clock;
  static const boost::asio::execution_context::id id;

  /// Watchers served in one turn of the loop, so that requests on the same thread get their turn between.
  static constexpr std::size_t watchers_in_turn_max = 64;
  /// The interval of the timer that looks after watchers.
  static constexpr std::chrono::milliseconds tick_interval{500};

  /// A watcher that the timer looks after. It keeps its own place in the list.
  class resident : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
   public:
    virtual void on_tick(clock::time_point now) = 0;

   protected:
    ~resident() = default;
  };

  explicit deck(boost::asio::io_context& on);

  /// The deck of this loop, made on first use.
  static deck& of(const boost::asio::io_context::executor_type& on) {
    return boost::asio::use_service<deck>(on.context());
  }

  /// Gives `events` to `to`, on the loop's thread and in the order of the calls.
  void put(std::shared_ptr<feed> to, actors::activity_batch events);

  void enter(resident& who);
  /// Idempotent.
  void leave(resident& who);

 private:
  struct letter {
    std::shared_ptr<feed> to;
    actors::activity_batch events;
  };

  void shutdown() override;
  void deliver();
  void tick();

  boost::asio::io_context::executor_type on_;
  boost::asio::steady_timer timer_;
  boost::intrusive::list<resident, boost::intrusive::constant_time_size<false>> residents_;
  std::vector<letter> open_;  // being delivered, from `next_` on
  std::size_t next_ = 0;
  std::mutex mutex_;
  std::vector<letter> put_;
  bool is_called_ = false;  // `deliver` is scheduled
};

}  // namespace pulse::http::live
