// One watcher on any kind of connection: sends the greeting, the events that it missed, new events, and pings.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/uuid.hpp"
#include "http/api/services.hpp"
#include "http/live/deck.hpp"
#include "http/live/feed.hpp"
#include "http/live/messages.hpp"
#include "http/server/takeover.hpp"
#include "persistence/events/stream.hpp"

namespace pulse::http::live {

/// Beyond this number missed events are not replayed: reloading everything costs the client less.
inline constexpr int replayed_max = 10'000;
/// How often an idle watcher gets the server's time.
inline constexpr std::chrono::seconds ping_interval{15};

/// The watcher's identity, access and cursor.
struct watch_facts {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;
  std::string reach;  // see actors::watch_request
  /// The last event that the client has; none: it wants only new events.
  std::optional<persistence::events::cursor> after;
  /// Its cursor is invalid: it must read everything again.
  bool is_lost = false;
};

/// Begins as a coroutine that reads the missed events, and continues without one, because thousands of coroutine frames
/// need much memory: it reacts to events, completed sends and the timer. The services outlive it.
class watcher : public server::connection_taker, public std::enable_shared_from_this<watcher>, private deck::resident {
 public:
  watcher(services& services, watch_facts who, std::set<base::uuid> projects);

  boost::asio::awaitable<void> run(server::taken_request taken) final;
  void on_stop() final;

 protected:
  using clock = deck::clock;

  /// Opens the conversation; false when that fails.
  virtual boost::asio::awaitable<bool> open(server::taken_request taken) = 0;
  /// Listens to the client until the connection ends, then calls `lose`. Called once, after `open`.
  virtual void listen() = 0;
  virtual text render(const note& from) const = 0;
  virtual text render(const std::vector<frame>& events) const = 0;
  /// Sends a rendered message, then calls `on_sent`. One at a time.
  virtual void send(text what) = 0;
  /// Says goodbye, then calls `finish`.
  virtual void leave(actors::watch_end why) = 0;
  /// Checks periodically whether the client is still there.
  virtual void look_after(clock::time_point) {}

  void on_sent(bool is_sent);
  /// The connection is gone.
  void lose() { feed_->close(); }
  /// Stops sending: the connection is being closed.
  void fall_silent() { state_ = state::leaving; }
  void finish();
  feed& waiting() { return *feed_; }
  template <class Derived>
  std::shared_ptr<Derived> self() {
    return std::static_pointer_cast<Derived>(shared_from_this());
  }

 private:
  using cursor = persistence::events::cursor;
  enum class state : std::uint8_t { arriving, live, leaving, over };
  struct missed;

  boost::asio::awaitable<bool> attach();
  boost::asio::awaitable<actors::watch_answer> ask();
  boost::asio::awaitable<std::optional<missed>> read_missed(bool is_first);
  boost::asio::awaitable<bool> give(const persistence::events::stretch& read);
  boost::asio::awaitable<bool> greet(std::string_view lost);
  boost::asio::awaitable<bool> deliver(text what);
  boost::asio::awaitable<void> rest(std::chrono::milliseconds most);

  void on_call();
  void on_tick(clock::time_point now) override;
  void go_on();
  void take_leave(actors::watch_end why);
  note say(std::string type) const;
  void transmit(text what);

  services& services_;
  base::uuid tenant_id_;
  std::unique_ptr<watch_facts> arriving_;  // until the watcher is live
  std::unique_ptr<std::set<base::uuid>> projects_;
  std::shared_ptr<feed> feed_;
  boost::asio::steady_timer* resting_ = nullptr;      // the coroutine's timer while it waits
  std::optional<cursor> place_;                       // all events up to it were given; none: only new events
  std::optional<actors::watch_end> leaving_because_;  // set when the watcher must leave after the present message
  clock::time_point ping_at_{};
  state state_ = state::arriving;
  bool is_sending_ = false;
  bool is_sent_ = false;  // of the latest message
  bool is_ping_due_ = false;
  bool is_greeted_ = false;
  bool is_stopping_ = false;
};

}  // namespace pulse::http::live
