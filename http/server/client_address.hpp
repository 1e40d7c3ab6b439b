// Finds the client's address, also behind reverse proxies.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/ip_address.hpp"
#include "http/server/message.hpp"

namespace pulse::http::server {

/// Addresses that one request's Forwarded or X-Forwarded-For may name; what stands further left is not looked at.
inline constexpr std::size_t forwarded_hops_max = 32;

/// What the peer of a unix socket is called where no proxy has said more.
inline constexpr const char* unix_peer = "unix";

/// The client's address: the peer's, or, where the peer is a trusted proxy, the rightmost address of Forwarded (RFC
/// 7239) or X-Forwarded-For that is not a trusted proxy. What a hop calls itself instead of an address ("unknown",
/// "_hidden") ends the search at the proxy that said so. With both headers, and the two naming different clients, one
/// of them was written by the client and nobody knows which: then it is the peer. No peer: a unix socket's, whom file
/// permissions have let in, and which is a trusted proxy.
std::string client_address(const request& request, const std::optional<base::ip_address>& peer,
                           std::span<const base::ip_network> trusted);

/// Whether what the peer says about its client counts.
bool is_trusted(const std::optional<base::ip_address>& peer, std::span<const base::ip_network> trusted);

}  // namespace pulse::http::server
