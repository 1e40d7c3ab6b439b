#include "domain/platforms/ip_address.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace pulse::domain {

namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 12> nat64_prefix{0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

struct block {
  std::uint32_t network;
  int prefix_bits;
};

/// IPv4 ranges that are not globally reachable (IANA IPv4 Special-Purpose Address Registry), and multicast.
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

ip_address from_v4(std::uint32_t value) {
  ip_address address;
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
  for (std::size_t i = 0; i < 4; ++i) address.bytes[12 + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  return address;
}

unsigned hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return 99;
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
    const auto digit = hex_digit(c);
    if (digit >= base) return std::nullopt;
    value = value * base + digit;
    if (value > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  }
  return value;
}

/// Four decimal numbers without leading zeros, as they stand in an IPv6 address.
std::optional<std::uint32_t> parse_dotted(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 1; part <= 4; ++part) {
    const auto dot = text.find('.');
    const auto digits = text.substr(0, dot);
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value > 255 || (dot == text.npos) != (part == 4)) return std::nullopt;
    address = address << 8 | value;
    text.remove_prefix(std::min(dot + 1, text.size()));
    if (dot == text.npos) break;
  }
  return address;
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

/// The groups of half an IPv6 address, "2001:db8:7f00:1" or with an IPv4 address at its end; nothing when one is wrong.
std::optional<std::vector<std::uint16_t>> parse_groups(std::string_view text) {
  constexpr std::size_t most_groups = 8;
  constexpr std::size_t most_digits = 4;
  std::vector<std::uint16_t> groups;
  if (text.empty()) return groups;
  while (groups.size() < most_groups) {
    const auto colon = text.find(':');
    const auto part = text.substr(0, colon);
    if (colon == text.npos && part.find('.') != part.npos) {
      const auto v4 = parse_dotted(part);
      if (!v4) return std::nullopt;
      groups.push_back(static_cast<std::uint16_t>(*v4 >> 16));
      groups.push_back(static_cast<std::uint16_t>(*v4 & 0xffff));
      return groups;
    }
    if (part.empty() || part.size() > most_digits) return std::nullopt;
    unsigned value = 0;
    for (const char c : part) {
      const auto digit = hex_digit(c);
      if (digit > 15) return std::nullopt;
      value = value * 16 + digit;
    }
    groups.push_back(static_cast<std::uint16_t>(value));
    if (colon == text.npos) return groups;
    text.remove_prefix(colon + 1);
  }
  return std::nullopt;
}

std::optional<ip_address> parse_v6(std::string_view text) {
  constexpr std::size_t all_groups = 8;
  ip_address address;
  const auto zone = text.find('%');
  address.zoned = zone != text.npos;
  text = text.substr(0, zone);
  const auto gap = text.find("::");
  const auto front = parse_groups(text.substr(0, gap));
  const auto back = gap == text.npos ? std::vector<std::uint16_t>{} : parse_groups(text.substr(gap + 2));
  if (!front || !back) return std::nullopt;
  const auto given = front->size() + back->size();
  if (gap == text.npos ? given != all_groups : given >= all_groups) return std::nullopt;
  if (gap != text.npos && text.substr(0, gap).find('.') != text.npos) return std::nullopt;
  auto groups = *front;
  groups.resize(all_groups - back->size());
  groups.insert(groups.end(), back->begin(), back->end());
  for (std::size_t i = 0; i < all_groups; ++i) {
    address.bytes[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
    address.bytes[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
  }
  return address;
}

}  // namespace

ip_address address_of_v4(std::uint32_t value) { return from_v4(value); }

std::optional<ip_address> parse_address(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  return parse_v4(text);
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

bool is_loopback_address(const ip_address& address) {
  if (address.zoned) return false;
  if (starts_with(address, mapped_prefix, 96)) return embedded_v4(address) >> 24 == 127;
  constexpr std::array<std::uint8_t, 16> loopback_v6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  return address.bytes == loopback_v6;
}

}  // namespace pulse::domain
