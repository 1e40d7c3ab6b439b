// A live stream as a WebSocket (RFC 6455): Beast's stream on a connection whose request the head parser accepted.
#pragma once

#include <memory>
#include <set>

#include "base/uuid.hpp"
#include "http/api/services.hpp"
#include "http/live/watcher.hpp"
#include "http/server/takeover.hpp"

namespace pulse::http::live {

/// A message of a client is no longer than this, and so many may come within a minute.
inline constexpr std::size_t client_message_bytes_max = 4 * 1024;
inline constexpr int client_messages_a_minute_max = 30;
/// Control frames a minute: a normal client answers two pings a minute.
inline constexpr int client_controls_a_minute_max = 120;
/// Projects that one stream may name.
inline constexpr std::size_t projects_max = 100;
inline constexpr std::chrono::seconds handshake_timeout{5};

struct web_socket_limits {
  /// A connection on which nothing is heard for half as long is sent a ping, and is given up when that is not answered. Looked at every
  /// `deck::tick_interval`.
  std::chrono::milliseconds idle_timeout{60'000};
};

/// Whoever takes the connection over. Its request asks for an upgrade; `with` outlives it.
std::shared_ptr<server::connection_taker> make_web_socket(services& services, watch_facts who,
                                                          std::set<base::uuid> projects,
                                                          const web_socket_limits& limits = {});

}  // namespace pulse::http::live
