// A connection that leaves HTTP: whoever takes it over after the gate has accepted its request (a WebSocket, an event stream).
#pragma once

#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "http/server/client_stream.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// Valid until `run` completes.
struct taken_connection {
  client_stream& client;
  std::string_view early;  // what the client sent behind its request
  const request& asked;
};

/// Made by a handler for one connection, named in its response (`response::taken_by`). With a status of 101 nothing was written yet: the
/// taker answers. With another, the header block is out, without a length, and what the taker writes is the body. Both calls come on
/// the connection's io thread.
class connection_taker {
 public:
  virtual ~connection_taker() = default;
  /// The rest of the connection's life; it is closed after it. Time-outs are the taker's business.
  virtual boost::asio::awaitable<void> run(taken_connection on) = 0;
  /// The server stops: end soon. May come before `run`.
  virtual void on_stop() = 0;
};

}  // namespace pulse::http::server
