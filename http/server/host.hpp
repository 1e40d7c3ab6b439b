// The host and port of a request: of its Host header, or of a target that is a whole address.
#pragma once

#include <cstddef>
#include <string_view>

namespace pulse::http::server {

inline constexpr std::size_t host_bytes_max = 255 + 6;  // a DNS name, ':' and a port

/// RFC 9110 §7.2, narrower: a name or address that could be one, and a port, which may be empty ("a:").
bool is_host(std::string_view host);

}  // namespace pulse::http::server
