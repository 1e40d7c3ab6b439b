// A TCP server that does exactly what a test says, byte by byte:
// no well-behaved HTTP server can do that.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace pulse::tests {

/// How long a test waits for anything before it fails.
inline constexpr std::chrono::seconds patience{20};

class raw_server;

/// One accepted connection, in the thread that serves it.
class raw_connection {
 public:
  /// The next whole request (header, and as much body as Content-Length says); nothing when the peer closed or the
  /// server is being destroyed. Recorded in `raw_server::requests` the moment it is whole.
  std::optional<std::string> read_request();
  /// Reads at most `size` bytes, at least one; empty when the peer closed.
  std::string read_some(std::size_t size);
  void send(std::string_view bytes);
  /// `HTTP/1.1 <status>` with a Content-Length and the headers given ("name: value\r\n…").
  void reply(int status, std::string_view body, std::string_view headers = {});
  /// Ends the connection, politely (FIN) or by a reset.
  void close();
  void reset();
  /// Returns when the peer has closed, or the server is being destroyed.
  void wait_for_close();
  /// 0 for the first connection of the server.
  std::size_t index() const { return index_; }

 private:
  friend class raw_server;
  raw_connection(raw_server& server, int socket, std::size_t index) : server_(server), socket_(socket), index_(index) {}

  raw_server& server_;
  int socket_;
  std::size_t index_;
  std::string buffer_;
};

/// Listens on a free port of 127.0.0.1 (or on `address`) from construction to destruction; one thread a connection.
class raw_server {
 public:
  using script = std::function<void(raw_connection&)>;

  explicit raw_server(script on_connection);
  ~raw_server();
  raw_server(const raw_server&) = delete;
  raw_server& operator=(const raw_server&) = delete;

  std::uint16_t port() const { return port_; }
  /// "http://127.0.0.1:port" + path
  std::string url(std::string_view path = "") const;

  std::vector<std::string> requests() const;
  std::size_t connections() const;
  /// Waits until `count` requests have arrived; false when they have not after `patience`.
  bool wait_for_requests(std::size_t count) const;

 private:
  friend class raw_connection;
  void accept_all();

  script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<std::string> requests_;
  std::vector<int> sockets_;  // open ones, by connection; -1 once closed
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// A port of 127.0.0.1 on which nothing listens.
std::uint16_t closed_port();

}  // namespace pulse::tests
