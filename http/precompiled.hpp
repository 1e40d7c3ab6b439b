// The precompiled header of the front door: base's, and the Asio coroutines that every route includes. Beast itself
// stays in the session.
#pragma once

#include "base/precompiled.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
