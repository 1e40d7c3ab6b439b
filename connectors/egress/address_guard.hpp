// Which addresses the service may connect to on behalf of a user: only those that the whole internet can reach.
// Everything else (this machine, its neighbours, its cloud's metadata service) must be out of reach of an address that
// a user typed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/platforms/ip_address.hpp"

struct sockaddr;

namespace pulse::connectors {

using domain::ip_address;
using domain::is_global;
using domain::parse_address;

/// The one sentence about every user-given address that cannot be called, whether it is internal or does not exist: a
/// difference would reveal which internal names exist.
inline constexpr std::string_view not_reached = "The address could not be reached on the public internet.";

/// The address of an AF_INET or AF_INET6 socket address; nothing for another family.
std::optional<ip_address> address_of(const sockaddr* address);

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
