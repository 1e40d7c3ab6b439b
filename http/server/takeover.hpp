// A connection that leaves HTTP: whoever takes it over after its request was accepted (a WebSocket, an event stream).
#pragma once

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/intrusive/list_hook.hpp>

#include "http/server/client_stream.hpp"
#include "http/server/fair_share.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// What a connection was taken over with.
struct taken_request {
  http::server::request request;
  std::string early;  // what the client sent behind its request
};

/// Made by a handler for one connection, named in its response (`response::taken_by`), and its owner from there on: of
/// what the request needed nothing is left but what it keeps. With a status of 101 nothing was written yet: the taker
/// answers. With another, the header block is out, without a length, and what the taker writes is the body. All of it
/// runs on the connection's io thread.
class connection_taker
    : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  virtual ~connection_taker() = default;

  /// Begins. It lives until this ends, and longer when something that it has begun holds it. Time-outs are its
  /// business.
  virtual boost::asio::awaitable<void> run(taken_request with) = 0;
  /// The server stops: end soon. May come before `run`.
  virtual void on_stop() = 0;

  /// Before `run`.
  void own(std::unique_ptr<client_stream> client, fair_share::place place) {
    client_ = std::move(client);
    place_ = std::move(place);
  }
  /// Closes the connection as it stands: whatever is under way on it fails. Also when the io thread has ended.
  void cut() {
    boost::system::error_code ignored;
    client_->next_layer().shutdown(stream_socket::shutdown_both, ignored);
    client_->next_layer().close(ignored);
  }

 protected:
  /// From `run` on.
  client_stream& client() { return *client_; }

 private:
  fair_share::place place_;
  std::unique_ptr<client_stream> client_;
};

}  // namespace pulse::http::server
