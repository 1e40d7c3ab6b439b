// A response as Beast writes it.
#pragma once

#include <memory_resource>

#include <boost/beast/core/span.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/span_body.hpp>

namespace pulse::http::server {

/// In memory that lasts as long as the sending: a response costs no allocation for each of its headers.
using outgoing_fields = boost::beast::http::basic_fields<std::pmr::polymorphic_allocator<char>>;

/// The body is a view.
using outgoing_response = boost::beast::http::response<boost::beast::http::span_body<const char>, outgoing_fields>;

}  // namespace pulse::http::server
