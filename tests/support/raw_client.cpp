#include "tests/support/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include "tests/support/raw_server.hpp"

namespace pulse::tests {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

raw_response parse_head(std::string_view head) {
  raw_response parsed;
  parsed.status = std::atoi(std::string(head.substr(head.find(' ') + 1, 3)).c_str());
  for (auto at = head.find("\r\n"); at + 2 < head.size();) {
    const auto end = head.find("\r\n", at + 2);
    const auto line = head.substr(at + 2, end - at - 2);
    at = end;
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    std::string name(line.substr(0, colon));
    for (auto& c : name) c = lower(c);
    parsed.headers.emplace_back(std::move(name), line.substr(colon + 2));
  }
  return parsed;
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

std::optional<std::string> raw_response::find(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::size_t raw_response::count(std::string_view name) const {
  std::size_t found = 0;
  for (const auto& [known, value] : headers) found += known == name ? 1 : 0;
  return found;
}

raw_client::raw_client(const std::string& socket_path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect to " + socket_path);
  }
}

raw_client::raw_client(std::uint16_t port, const char* from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (from != nullptr) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    ::inet_pton(AF_INET, from, &own.sin_addr);
    ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
  }
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

raw_client::~raw_client() {
  if (socket_ >= 0) ::close(socket_);
}

bool raw_client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    pollfd waiting{socket_, POLLOUT, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1) return false;
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EAGAIN) continue;
    if (count < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void raw_client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void raw_client::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(socket_);
  socket_ = -1;
}

raw_client::arrival raw_client::read_more() {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1) return arrival::nothing;
  std::array<char, 16 * 1024> bytes;
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return arrival::closed;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return arrival::bytes;
}

std::optional<raw_response> raw_client::receive(bool to_head) {
  auto end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (read_more() != arrival::bytes) return std::nullopt;
    end = buffer_.find("\r\n\r\n");
  }
  auto response = parse_head(std::string_view(buffer_).substr(0, end + 2));
  buffer_.erase(0, end + 4);
  const auto length = static_cast<std::size_t>(std::atoll(response.find("content-length").value_or("0").c_str()));
  if (to_head || !may_have_body(response.status)) return response;
  while (buffer_.size() < length) {
    if (read_more() != arrival::bytes) return std::nullopt;
  }
  response.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return response;
}

std::string raw_client::read_until(std::string_view marker) {
  while (buffer_.find(marker) == std::string::npos) {
    if (read_more() != arrival::bytes) break;
  }
  return buffer_;
}

bool raw_client::wait_for_close() {
  for (;;) {
    const auto arrived = read_more();
    if (arrived != arrival::bytes) return arrived == arrival::closed;
  }
}

}  // namespace pulse::tests
