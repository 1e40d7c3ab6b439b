// Renders the messages to watchers. A message for many is rendered once on each thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "http/live/feed.hpp"

namespace pulse::http::live {

/// The most events in one message; below it is their approximate size in bytes.
inline constexpr std::size_t events_in_message_max = 64;
inline constexpr std::size_t message_bytes_max = 128 * 1024;

/// A message that is not an event. Members are written in this order.
struct note {
  std::string type;  // hello, reload, ping
  base::timestamp server_time;
  std::string cursor;
  base::omittable<bool> resumed;        // hello: the missed events follow
  base::omittable<std::string> reason;  // reload: away_too_long, unknown_cursor, restored, access_changed
};
BOOST_DESCRIBE_STRUCT(note, (), (type, server_time, cursor, resumed, reason))

using text = std::shared_ptr<const std::string>;

/// The payload of a WebSocket message.
text to_message(const note& from);
text to_message(const std::vector<frame>& events);

/// The same as server-sent events.
text to_server_sent(const note& from);
text to_server_sent(const std::vector<frame>& events);

}  // namespace pulse::http::live
