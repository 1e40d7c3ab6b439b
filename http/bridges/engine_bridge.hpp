// Notifies the engine from a coroutine that a tenant's rows have changed.
#pragma once

#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "http/api/request_context.hpp"

namespace pulse::http {

/// How long an answer waits for the supervisor. The change is already committed; the wait only makes it likely that the
/// client's next read shows its effect.
inline constexpr std::chrono::milliseconds engine_wait_max{250};

/// Notifies the supervisor of the caller's tenant, and waits at most `engine_wait_max` until it has read its rows.
boost::asio::awaitable<void> notify_engine(request_context& context);

}  // namespace pulse::http
