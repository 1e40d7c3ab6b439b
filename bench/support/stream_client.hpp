// One watcher's end of a WebSocket, as thin as it can be, so that what is measured is the server.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace pulse::bench {

/// A connected socket on this machine. Throws when nobody listens.
inline int connect_to(std::uint16_t port) {
  const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) throw std::runtime_error{"no socket is left (see ulimit -n)"};
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  if (::connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) != 0) {
    ::close(made);
    throw std::runtime_error{"the server refuses a connection"};
  }
  return made;
}

inline void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) throw std::runtime_error{"a connection broke while it was written"};
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

/// Waits for more bytes.
inline void receive_more(int socket, std::string& into) {
  char piece[16384];
  const auto got = ::recv(socket, piece, sizeof(piece), 0);
  if (got <= 0) throw std::runtime_error{"a connection ended while it was read: " + into.substr(0, 200)};
  into.append(piece, static_cast<std::size_t>(got));
}

/// The body of the answer of a kept connection. Throws unless it is a 2xx with a Content-Length.
inline std::string ask(int socket, std::string_view request) {
  send_all(socket, request);
  std::string text;
  std::size_t end = 0;
  while ((end = text.find("\r\n\r\n")) == std::string::npos) receive_more(socket, text);
  if (text.compare(0, 10, "HTTP/1.1 2") != 0) throw std::runtime_error{"refused: " + text.substr(0, 600)};
  std::size_t length = 0;
  for (const std::string_view name : {"\r\ncontent-length: ", "\r\nContent-Length: "}) {
    if (const auto at = text.find(name); at < end) length = std::stoul(text.substr(at + name.size()));
  }
  while (text.size() < end + 4 + length) receive_more(socket, text);
  return text.substr(end + 4, length);
}

/// Counts the events that a server sends to one watcher, whole frames at a time.
class stream_client {
 public:
  /// Every server writes it once an event.
  static constexpr std::string_view marker = R"("event":{)";

  /// Upgrades, and waits for what the server greets with: text that contains `greeting`, after `introduction` was said
  /// where it is not empty.
  stream_client(std::uint16_t port, const std::string& path, std::string_view introduction, std::string_view greeting)
      : socket_(connect_to(port)) {
    send_all(socket_, "GET " + path +
                          " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    std::size_t end = 0;
    while ((end = waiting_.find("\r\n\r\n")) == std::string::npos) receive_more(socket_, waiting_);
    if (waiting_.compare(0, 12, "HTTP/1.1 101") != 0)
      throw std::runtime_error{"no upgrade: " + waiting_.substr(0, 600)};
    waiting_.erase(0, end + 4);
    if (!introduction.empty()) say(1, introduction);
    greeting_ = greeting;
    take_frames();  // it may have come together with the answer
    while (!greeting_.empty()) {
      receive_more(socket_, waiting_);
      take_frames();
    }
  }
  ~stream_client() {
    if (socket_ >= 0) ::close(socket_);
  }
  stream_client(stream_client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        waiting_(std::move(other.waiting_)),
        greeting_(std::move(other.greeting_)) {}
  stream_client& operator=(stream_client&&) = delete;

  int socket() const { return socket_; }

  /// What has come, without waiting: how many events there were in it.
  std::size_t read() {
    static thread_local char piece[262144];
    const auto got = ::recv(socket_, piece, sizeof(piece), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got <= 0) throw std::runtime_error{"the server dropped a watcher"};
    waiting_.append(piece, static_cast<std::size_t>(got));
    return take_frames();
  }

 private:
  /// Masked with nothing, which a server must take like any other mask.
  void say(std::uint8_t kind, std::string_view text) {
    std::string frame{static_cast<char>(0x80 | kind), static_cast<char>(0x80 | text.size()), 0, 0, 0, 0};
    send_all(socket_, frame.append(text));
  }

  std::size_t take_frames() {
    std::size_t events = 0;
    std::size_t at = 0;
    while (waiting_.size() - at >= 2) {
      const auto byte = [&](std::size_t place) { return static_cast<std::uint8_t>(waiting_[at + place]); };
      std::size_t head = 2;
      std::uint64_t size = byte(1) & 0x7fU;
      const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
      if (waiting_.size() - at < head + more) break;
      if (more > 0) size = 0;
      for (std::size_t each = 0; each < more; ++each) size = size << 8U | byte(head + each);
      head += more;
      if (waiting_.size() - at < head + size) break;
      events += take(byte(0) & 0x0fU, std::string_view{waiting_}.substr(at + head, size));
      at += head + size;
    }
    waiting_.erase(0, at);
    if (waiting_.empty()) waiting_.shrink_to_fit();
    return events;
  }

  std::size_t take(unsigned kind, std::string_view text) {
    constexpr unsigned close = 8;
    constexpr unsigned ping = 9;
    if (kind == close) throw std::runtime_error{"the server closed a watcher"};
    if (kind == ping) say(10, text);
    if (text == "2") say(1, "3");  // Engine.IO asks whether one is there
    if (!greeting_.empty() && text.find(greeting_) != std::string_view::npos) greeting_.clear();
    std::size_t events = 0;
    for (auto at = text.find(marker); at != std::string_view::npos; at = text.find(marker, at + marker.size()))
      ++events;
    return events;
  }

  int socket_ = -1;
  std::string waiting_;
  std::string greeting_;
};

}  // namespace pulse::bench
