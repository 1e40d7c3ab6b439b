// Addresses of the internet protocol, in every spelling, and which of them the whole internet can reach.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pulse::domain {

/// An IPv4 or IPv6 address in network byte order; IPv4 is held as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so that both
/// spellings of one address are one value.
struct ip_address {
  std::array<std::uint8_t, 16> bytes{};
  bool zoned = false;  // written with a zone id ("%eth0"): meaningful on this machine only
};

/// The address of an IPv4 number in the order of the host.
ip_address address_of_v4(std::uint32_t value);

/// Reads every spelling that a resolver takes for an address: IPv4 in one to four parts, each decimal, octal or
/// hexadecimal ("127.1", "0x7f000001", "0177.0.0.1"); IPv6 with or without brackets, with a zone id. Nothing for a host
/// name.
std::optional<ip_address> parse_address(std::string_view text);

/// Whether the IANA special-purpose registries (RFC 6890 and its updates) leave the address globally reachable.
/// Addresses that embed an IPv4 address (mapped, NAT64 64:ff9b::/96) are judged by it; 6to4 and Teredo are refused.
bool is_global(const ip_address& address);

/// The same for text; false for anything that is not an address.
bool is_global(std::string_view address);

/// Whether it is this machine itself: 127.0.0.0/8 or ::1.
bool is_loopback_address(const ip_address& address);

}  // namespace pulse::domain
