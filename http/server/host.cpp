#include "http/server/host.hpp"

#include <charconv>

#include "http/server/characters.hpp"

namespace pulse::http::server {

namespace {

constexpr unsigned port_max = 65535;

bool is_port(std::string_view digits) {
  if (digits.empty()) return true;
  unsigned number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return failure == std::errc{} && end == digits.data() + digits.size() && consists_of(digit_bytes, digits) &&
         number <= port_max;
}

}  // namespace

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > host_bytes_max) return false;
  std::string_view port;
  if (host.front() == '[') {
    const auto end = host.find(']');
    if (end == std::string_view::npos || end < 3 || !consists_of(ipv6_bytes, host.substr(1, end - 1))) return false;
    port = host.substr(end + 1);
  } else {
    const auto colon = host.find(':');
    const auto name = host.substr(0, colon);
    if (name.empty() || !consists_of(host_name_bytes, name)) return false;
    if (colon != std::string_view::npos) port = host.substr(colon);
  }
  if (port.empty()) return true;
  return port.front() == ':' && is_port(port.substr(1));
}

}  // namespace pulse::http::server
