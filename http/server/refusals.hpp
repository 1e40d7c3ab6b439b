// What the server answers by itself, beside what the head parser refuses.
#pragma once

#include <exception>
#include <string>

#include "http/server/head_parser.hpp"
#include "http/server/message.hpp"
#include "http/server/server.hpp"

namespace pulse::http::server {

inline constexpr parse_refusal header_too_slow{408, "Request Timeout",
                                               "The header of the request did not arrive in time."};
inline constexpr parse_refusal body_too_slow{408, "Request Timeout", "The body of the request did not arrive in time."};
inline constexpr parse_refusal body_too_large{413, "Content Too Large",
                                              "The body of the request is larger than allowed here."};
inline constexpr parse_refusal too_many_connections{503, "Service Unavailable", "The server has too many connections."};
inline constexpr parse_refusal too_many_connections_from_network{
    429, "Too Many Requests", "Your network has too many connections here. Close some, or use them again."};
inline constexpr parse_refusal too_many_bytes{503, "Service Unavailable",
                                              "The server holds too many unfinished requests. Try again in a moment."};
inline constexpr parse_refusal handler_failed{
    500, "Internal Server Error", "The request could not be answered. The request's id helps to find out why."};

/// The response to what is refused, in the product's form, or as plain text when `refuse` throws. Throws nothing but
/// `std::bad_alloc`.
response render_refusal(const server::refusal& refuse, const parse_refusal& why, const std::string& request_id);

/// The response to `OPTIONS *`, which asks about the server as a whole (RFC 9110 §9.3.7).
response answer_about_the_server();

/// The response to a request whose handler threw, after one line in the log that says what and for which request. The
/// client learns nothing but the request's id.
response render_failure(const server::refusal& refuse, const std::exception_ptr& failure, const request& request);

}  // namespace pulse::http::server
