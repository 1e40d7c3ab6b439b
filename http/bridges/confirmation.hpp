// Confirming whom a call has let in by what is kept of them, where its work has not.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "http/api/call.hpp"

namespace pulse::http {

/// Asks the database alone, with the guard of the call (call::guarded). Then its standing is sure, or has changed; or neither, when the
/// database could not be asked.
boost::asio::awaitable<void> confirm_standing(call& of);

}  // namespace pulse::http
