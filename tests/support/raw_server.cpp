#include "tests/support/raw_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace pulse::tests {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

/// A socket bound to a free port of 127.0.0.1, and the port.
std::pair<int, std::uint16_t> bind_free_port() {
  const int one = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (one < 0 || ::bind(one, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::getsockname(one, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no port for a test server");
  }
  return {one, ntohs(address.sin_port)};
}

std::size_t content_length(std::string_view header) {
  constexpr std::string_view name = "\r\ncontent-length:";
  for (std::size_t at = 0; at + name.size() <= header.size(); ++at) {
    if (::strncasecmp(header.data() + at, name.data(), name.size()) == 0) {
      return static_cast<std::size_t>(std::atol(header.data() + at + name.size()));
    }
  }
  return 0;
}

}  // namespace

std::string raw_connection::read_some(std::size_t size) {
  if (buffer_.empty()) {
    char chunk[4096];
    const auto got = ::recv(socket_, chunk, sizeof chunk, 0);
    if (got <= 0) return {};
    buffer_.assign(chunk, static_cast<std::size_t>(got));
  }
  auto some = buffer_.substr(0, size);
  buffer_.erase(0, some.size());
  return some;
}

std::optional<std::string> raw_connection::read_request() {
  std::string request;
  std::size_t whole = std::string::npos;
  while (request.size() < whole) {
    const auto more = read_some(whole == std::string::npos ? 4096 : whole - request.size());
    if (more.empty()) return std::nullopt;
    request += more;
    const auto end = request.find("\r\n\r\n");
    if (whole == std::string::npos && end != std::string::npos)
      whole = end + 4 + content_length(request.substr(0, end + 2));
  }
  buffer_.insert(0, request.substr(whole));
  request.resize(whole);
  {
    const std::lock_guard lock{server_.mutex_};
    server_.requests_.push_back(request);
  }
  server_.changed_.notify_all();
  return request;
}

void raw_connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void raw_connection::reply(int status, std::string_view body, std::string_view headers) {
  std::string text =
      "HTTP/1.1 " + std::to_string(status) + " Scripted\r\ncontent-length: " + std::to_string(body.size()) + "\r\n";
  text += headers;
  text += "\r\n";
  text += body;
  send(text);
}

void raw_connection::close() {
  const std::lock_guard lock{server_.mutex_};
  if (server_.sockets_[index_] < 0) return;
  ::close(socket_);
  server_.sockets_[index_] = -1;
}

void raw_connection::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close();
}

void raw_connection::wait_for_close() {
  while (!read_some(4096).empty()) {
  }
}

raw_server::raw_server(script on_connection) : script_(std::move(on_connection)) {
  std::tie(listener_, port_) = bind_free_port();
  if (::listen(listener_, 128) != 0) throw std::runtime_error("a test server cannot listen");
  acceptor_ = std::thread([this] { accept_all(); });
}

raw_server::~raw_server() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    for (const int socket : sockets_) {
      if (socket >= 0) ::shutdown(socket, SHUT_RDWR);
    }
  }
  acceptor_.join();
  for (auto& thread : threads_) thread.join();
  ::close(listener_);
}

void raw_server::accept_all() {
  while (true) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    const std::lock_guard lock{mutex_};
    if (socket < 0 || stopping_) {
      if (socket >= 0) ::close(socket);
      return;
    }
    const auto index = sockets_.size();
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket, index] {
      raw_connection connection{*this, socket, index};
      script_(connection);
      connection.close();
    });
  }
}

std::string raw_server::url(std::string_view path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + std::string{path};
}

std::vector<std::string> raw_server::requests() const {
  const std::lock_guard lock{mutex_};
  return requests_;
}

std::size_t raw_server::connections() const {
  const std::lock_guard lock{mutex_};
  return sockets_.size();
}

bool raw_server::wait_for_requests(std::size_t count) const {
  std::unique_lock lock{mutex_};
  return changed_.wait_for(lock, patience, [&] { return requests_.size() >= count; });
}

std::uint16_t closed_port() {
  const auto [socket, port] = bind_free_port();
  ::close(socket);
  return port;
}

}  // namespace pulse::tests
