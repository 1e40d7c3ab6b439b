// The bytes of one client: straight from its socket, or through TLS. A stream as Asio and Beast know them, so Beast's
// WebSocket stands on either.
#pragma once

#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include "http/server/stream_socket.hpp"

namespace pulse::http::server {

/// On one thread; one read and one write at a time.
class client_stream {
 public:
  using executor_type = stream_socket::executor_type;
  using next_layer_type = stream_socket;
  using encrypted = boost::beast::ssl_stream<stream_socket&>;

  /// `tls` is null for a plain connection; else it outlives this.
  client_stream(stream_socket socket, boost::asio::ssl::context* tls) : socket_(std::move(socket)) {
    if (tls != nullptr) encrypted_.emplace(socket_, *tls);
  }
  client_stream(const client_stream&) = delete;
  client_stream& operator=(const client_stream&) = delete;

  executor_type get_executor() { return socket_.get_executor(); }
  /// What is below: Beast closes it when a time-out has passed.
  stream_socket& next_layer() { return socket_; }
  const stream_socket& next_layer() const { return socket_; }
  encrypted* tls() { return encrypted_ ? &*encrypted_ : nullptr; }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& room, Token&& token) {
    if (encrypted_) return encrypted_->async_read_some(room, std::forward<Token>(token));
    return socket_.async_read_some(room, std::forward<Token>(token));
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& pieces, Token&& token) {
    if (encrypted_) return encrypted_->async_write_some(pieces, std::forward<Token>(token));
    return socket_.async_write_some(pieces, std::forward<Token>(token));
  }

 private:
  stream_socket socket_;
  std::optional<encrypted> encrypted_;
};

/// How Beast's WebSocket ends the connection below it.
template <class Handler>
void async_teardown(boost::beast::role_type role, client_stream& stream, Handler&& then) {
  using boost::beast::websocket::async_teardown;
  if (stream.tls() != nullptr) return async_teardown(role, *stream.tls(), std::forward<Handler>(then));
  async_teardown(role, stream.next_layer(), std::forward<Handler>(then));
}

}  // namespace pulse::http::server
