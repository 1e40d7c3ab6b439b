#include "connectors/egress/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <span>

#include <curl/curl.h>

namespace pulse::connectors {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 12> nat64_prefix{0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

struct block {
  std::uint32_t network;
  int prefix_bits;
};

/// What is not globally reachable in IPv4 (IANA IPv4 Special-Purpose Address Registry), and multicast.
constexpr block special_v4[] = {
    {0x00000000, 8},   // 0.0.0.0/8, "this network"
    {0x0a000000, 8},   // 10.0.0.0/8, private
    {0x64400000, 10},  // 100.64.0.0/10, carrier's shared space
    {0x7f000000, 8},   // 127.0.0.0/8, loopback
    {0xa9fe0000, 16},  // 169.254.0.0/16, link-local, and the clouds' metadata services
    {0xac100000, 12},  // 172.16.0.0/12, private
    {0xc0000000, 24},  // 192.0.0.0/24, protocol assignments
    {0xc0000200, 24},  // 192.0.2.0/24, documentation
    {0xc0586300, 24},  // 192.88.99.0/24, 6to4 relays (deprecated)
    {0xc0a80000, 16},  // 192.168.0.0/16, private
    {0xc6120000, 15},  // 198.18.0.0/15, benchmarking
    {0xc6336400, 24},  // 198.51.100.0/24, documentation
    {0xcb007100, 24},  // 203.0.113.0/24, documentation
    {0xe0000000, 4},   // 224.0.0.0/4, multicast
    {0xf0000000, 4},   // 240.0.0.0/4, reserved and broadcast
};

bool is_global_v4(std::uint32_t address) {
  return std::none_of(std::begin(special_v4), std::end(special_v4), [address](const block& special) {
    return ((address ^ special.network) >> (32 - special.prefix_bits)) == 0;
  });
}

bool starts_with(const ip_address& address, std::span<const std::uint8_t> prefix, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(prefix.begin(), prefix.begin() + static_cast<std::ptrdiff_t>(whole), address.bytes.begin()))
    return false;
  const int rest = bits % 8;
  return rest == 0 || ((address.bytes[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

bool is_global_v6(const ip_address& address) {
  constexpr std::uint8_t unicast[] = {0x20};                          // 2000::/3: all that is handed out at all
  constexpr std::uint8_t protocols[] = {0x20, 0x01, 0x00};            // 2001::/23: Teredo, benchmarking, ORCHID, …
  constexpr std::uint8_t documentation[] = {0x20, 0x01, 0x0d, 0xb8};  // 2001:db8::/32
  constexpr std::uint8_t six_to_four[] = {0x20, 0x02};                // 2002::/16: would reach any IPv4 behind a relay
  constexpr std::uint8_t documentation_2[] = {0x3f, 0xff, 0x00};      // 3fff::/20
  return starts_with(address, unicast, 3) && !starts_with(address, protocols, 23) &&
         !starts_with(address, documentation, 32) && !starts_with(address, six_to_four, 16) &&
         !starts_with(address, documentation_2, 20);
}

std::uint32_t embedded_v4(const ip_address& address) {
  std::uint32_t value = 0;
  for (std::size_t i = 12; i < 16; ++i) value = value << 8 | address.bytes[i];
  return value;
}

bool is_loopback(const ip_address& address) {
  if (address.zoned) return false;
  if (starts_with(address, mapped_prefix, 96)) return embedded_v4(address) >> 24 == 127;
  constexpr std::array<std::uint8_t, 16> loopback_v6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return address.bytes == loopback_v6;
}

ip_address from_v4(std::uint32_t value) {
  ip_address address;
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
  for (std::size_t i = 0; i < 4; ++i) address.bytes[12 + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  return address;
}

/// One part of an IPv4 address as inet_aton(3) reads it: 0x is hexadecimal, a leading 0 is octal.
std::optional<std::uint64_t> parse_part(std::string_view part) {
  unsigned base = 10;
  if (part.size() > 1 && part[0] == '0') {
    base = part[1] == 'x' || part[1] == 'X' ? 16 : 8;
    part.remove_prefix(base == 16 ? 2 : 1);
    if (part.empty()) return 0;  // "0x" is zero to inet_aton
  }
  if (part.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : part) {
    unsigned digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A' + 10);
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
    if (value > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  }
  return value;
}

std::optional<ip_address> parse_v4(std::string_view text) {
  if (text.size() > 1 && text.back() == '.') text.remove_suffix(1);  // "127.0.0.1." is resolved like the plain form
  std::uint64_t address = 0;
  for (int parts = 1; parts <= 4; ++parts) {
    const auto dot = text.find('.');
    const auto value = parse_part(text.substr(0, dot));
    if (!value) return std::nullopt;
    if (dot != std::string_view::npos) {
      if (*value > 255) return std::nullopt;
      address = address << 8 | *value;
      text.remove_prefix(dot + 1);
      continue;
    }
    const int bits = 8 * (5 - parts);  // the last part fills what the earlier ones left
    if (bits < 32 && *value >> bits != 0) return std::nullopt;
    return from_v4(static_cast<std::uint32_t>(bits == 32 ? *value : address << bits | *value));
  }
  return std::nullopt;
}

std::optional<ip_address> parse_v6(std::string_view text) {
  ip_address address;
  const auto zone = text.find('%');
  address.zoned = zone != std::string_view::npos;
  const std::string plain{text.substr(0, zone)};
  if (inet_pton(AF_INET6, plain.c_str(), address.bytes.data()) != 1) return std::nullopt;
  return address;
}

struct url_parts {
  std::string scheme;
  std::string host;
  bool with_user = false;
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return std::nullopt;
  std::string copy{text};
  curl_free(text);
  return copy;
}

std::optional<url_parts> split_url(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed{curl_url(), &curl_url_cleanup};
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
    return std::nullopt;
  }
  url_parts parts;
  parts.scheme = part_of(parsed.get(), CURLUPART_SCHEME).value_or("");
  parts.host = part_of(parsed.get(), CURLUPART_HOST).value_or("");
  parts.with_user = part_of(parsed.get(), CURLUPART_USER) || part_of(parsed.get(), CURLUPART_PASSWORD);
  if (const auto zone = part_of(parsed.get(), CURLUPART_ZONEID); zone && parts.host.size() > 2) {
    parts.host = parts.host.substr(1, parts.host.size() - 2) + "%" + *zone;
  }
  return parts;
}

}  // namespace

std::optional<ip_address> parse_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  return parse_v4(text);
}

std::optional<ip_address> address_of(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, address, sizeof v4);
    return from_v4(ntohl(v4.sin_addr.s_addr));
  }
  if (address->sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, address, sizeof v6);
    ip_address result;
    std::memcpy(result.bytes.data(), &v6.sin6_addr, result.bytes.size());
    result.zoned = v6.sin6_scope_id != 0;
    return result;
  }
  return std::nullopt;
}

bool is_global(const ip_address& address) {
  if (address.zoned) return false;
  if (starts_with(address, mapped_prefix, 96) || starts_with(address, nat64_prefix, 96)) {
    return is_global_v4(embedded_v4(address));
  }
  return is_global_v6(address);
}

bool is_global(std::string_view address) {
  const auto parsed = parse_address(address);
  return parsed && is_global(*parsed);
}

bool may_reach(const ip_address& address, reach how_far) {
  if (is_global(address)) return true;
  switch (how_far) {
    case reach::internet: return false;
    case reach::internet_and_loopback: return is_loopback(address);
  }
  return false;
}

std::optional<std::string> user_url_problem(const std::string& url, reach how_far) {
  const auto parts = url.find('\0') == std::string::npos ? split_url(url) : std::nullopt;
  if (!parts) return "The address is not a valid URL.";
  if (parts->scheme != "http" && parts->scheme != "https") return "The address must begin with http:// or https://.";
  if (parts->with_user) return "The address must not contain a user name or password.";
  if (parts->host.empty()) return "The address has no host.";
  if (const auto address = parse_address(parts->host); address && !may_reach(*address, how_far)) {
    return "The address is not on the public internet.";
  }
  if (how_far == reach::internet_and_loopback) return std::nullopt;
  const auto last = parts->host.find_last_not_of('.');
  const auto host = std::string_view{parts->host}.substr(0, last == std::string::npos ? 0 : last + 1);
  constexpr std::string_view local = "localhost";
  const bool ends_local =
      host.size() >= local.size() &&
      std::equal(local.begin(), local.end(), host.end() - local.size(), [](char a, char b) { return a == (b | 0x20); });
  if (ends_local && (host.size() == local.size() || host[host.size() - local.size() - 1] == '.')) {
    return "The address is not on the public internet.";
  }
  return std::nullopt;
}

}  // namespace pulse::connectors
