// Which addresses the service may connect to on behalf of a user: only those that the whole internet can reach.
// Everything else (this machine, its neighbours, its cloud's metadata service) must be out of reach of an address that
// a user typed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace pulse::connectors {

/// An IPv4 or IPv6 address in network byte order; IPv4 is held as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2), so that both
/// spellings of one address are one value.
struct ip_address {
  std::array<std::uint8_t, 16> bytes{};
  bool zoned = false;  // written with a zone id ("%eth0"): meaningful on this machine only
};

/// Reads every spelling that a resolver takes for an address: IPv4 in one to four parts, each decimal, octal or
/// hexadecimal ("127.1", "0x7f000001", "0177.0.0.1"); IPv6 with or without brackets, with a zone id. Nothing for a host
/// name.
std::optional<ip_address> parse_address(std::string_view text);

/// The address of an AF_INET or AF_INET6 socket address; nothing for another family.
std::optional<ip_address> address_of(const sockaddr* address);

/// Whether the IANA special-purpose registries (RFC 6890 and its updates) leave the address globally reachable.
/// Addresses that embed an IPv4 address (mapped, NAT64 64:ff9b::/96) are judged by it; 6to4 and Teredo are refused.
bool is_global(const ip_address& address);

/// The same for text; false for anything that is not an address.
bool is_global(std::string_view address);

/// How far an address that a user gave may reach.
enum class reach {
  internet,               // what the whole internet can reach
  internet_and_loopback,  // and this machine itself: for development and tests, where the sandbox is the internet
};

/// Whether a connection to `address` may be made for a user.
bool may_reach(const ip_address& address, reach how_far);

/// Why the service will not call the address that a user gave, as a sentence; nothing when it may be tried. Looks at
/// the text only: what a host name resolves to is judged when the connection is made.
std::optional<std::string> user_url_problem(const std::string& url, reach how_far = reach::internet);

}  // namespace pulse::connectors
