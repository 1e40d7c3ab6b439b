// TLS as the server speaks it: 1.2 and 1.3, HTTP/1.1 alone, no renegotiation.
#pragma once

#include <optional>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "http/server/server.hpp"

namespace pulse::http::server {

/// Reads the certificate with its chain and the key. Why not, in a sentence that names the file; empty when it is made.
std::string make_tls(const tls_files& files, std::optional<boost::asio::ssl::context>& made);

}  // namespace pulse::http::server
