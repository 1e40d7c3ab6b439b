// A live stream as a WebSocket (RFC 6455): Beast's stream on a connection whose request the head parser accepted.
#pragma once

#include <memory>
#include <set>

#include "base/uuid.hpp"
#include "http/api/services.hpp"
#include "http/live/watcher.hpp"
#include "http/server/takeover.hpp"

namespace pulse::http::live {

/// The longest message of a client; below it is how many may come within a minute.
inline constexpr std::size_t client_message_bytes_max = 4 * 1024;
inline constexpr int client_messages_a_minute_max = 30;
/// Control frames a minute: a normal client answers two pings a minute.
inline constexpr int client_controls_a_minute_max = 120;
/// The most projects that one stream may name.
inline constexpr std::size_t projects_max = 100;
inline constexpr std::chrono::seconds handshake_timeout{5};

struct web_socket_limits {
  /// A connection that is silent for half of this time gets a ping, and is closed if that is not answered. Checked
  /// every `deck::tick_interval`.
  std::chrono::milliseconds idle_timeout{60'000};
};

/// Makes the object that takes the connection over. Its request asks for an upgrade; the services outlive it.
std::shared_ptr<server::connection_taker> make_web_socket(services& services, watch_facts who,
                                                          std::set<base::uuid> projects,
                                                          const web_socket_limits& limits = {});

}  // namespace pulse::http::live
