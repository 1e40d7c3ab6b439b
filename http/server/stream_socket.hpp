// The socket of a connection.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

namespace pulse::http::server {

/// TCP or unix: what is done with it is the same.
using stream_socket =
    boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol, boost::asio::io_context::executor_type>;

}  // namespace pulse::http::server
