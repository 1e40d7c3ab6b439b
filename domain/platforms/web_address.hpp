// Addresses of pages and files on the web, as people give them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::domain {

/// Bytes of an address.
inline constexpr std::size_t most_web_address_bytes = 2'000;

/// Whether a host, a name or an address in any spelling, is surely not on the public internet: what its text alone
/// tells. So is every name whose last label the root zone does not have. Names in other letters are read by UTS #46, as
/// browsers and libcurl do. A name that is public may lead inside all the same, which is judged when it is called. With
/// `is_loopback_allowed` this machine is not taken for inside.
bool is_inside_host(std::string_view host, bool is_loopback_allowed);

/// Why `url` is no address that we take, as the end of a sentence about it; nothing when it is one: https, with a host
/// and without a user's name, not inside some network, and with everything percent-encoded that must be (RFC 3986).
/// With `is_loopback_allowed`, which is for development and tests, this machine may be named by plain http.
std::optional<std::string> web_address_problem(std::string_view url, bool is_loopback_allowed);

}  // namespace pulse::domain
