// One watcher, whatever it is connected by: greets it, gives it what it missed, then what happens, and says that it is still there.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "base/uuid.hpp"
#include "http/api/services.hpp"
#include "http/live/feed.hpp"
#include "persistence/events/stream.hpp"

namespace pulse::http::live {

/// Events missed beyond this are not replayed: reading everything anew costs the client less.
inline constexpr int replayed_max = 10'000;
/// Events in one message.
inline constexpr std::size_t events_in_message_max = 64;
/// How often an idle watcher hears the server's time.
inline constexpr std::chrono::seconds ping_interval{15};

/// Who watches what, from where.
struct watch_facts {
  base::uuid tenant_id;
  base::uuid member_id;
  base::uuid session_id;
  std::string reach;  // see actors::watch_request
  /// The last event that the client has; none: it wants what comes from now on.
  std::optional<persistence::events::cursor> after;
  /// It named a place that cannot be understood: it must read everything anew.
  bool is_lost = false;
};

/// A message that is not an event. Members in the order in which they are written.
struct note {
  std::string type;  // hello, reload, ping
  base::timestamp server_time;
  std::string cursor;
  base::if_any<bool> resumed;        // hello: what was missed follows
  base::if_any<std::string> reason;  // reload: away_too_long, unknown_cursor, restored, access_changed
};
BOOST_DESCRIBE_STRUCT(note, (), (type, server_time, cursor, resumed, reason))

/// How messages reach the client. Each suspends until the kernel has taken the message; false: the connection is gone.
class transport {
 public:
  virtual ~transport() = default;
  virtual boost::asio::awaitable<bool> send(const note& message) = 0;
  virtual boost::asio::awaitable<bool> send(const std::vector<frame>& events) = 0;
  /// Takes leave; the connection is closed afterwards in any case.
  virtual boost::asio::awaitable<void> leave(actors::watch_end why) = 0;
};

/// Returns when the feed was closed or ended. `with`, `by` and `to` outlive it.
boost::asio::awaitable<void> watch(services& with, const watch_facts& who, std::shared_ptr<feed> by, transport& to);

}  // namespace pulse::http::live
