// From coroutine to the engine: telling a tenant's supervisor that its rows have changed.
#pragma once

#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "http/api/call.hpp"

namespace pulse::http {

/// How long an answer waits for the supervisor's word. What was done is committed by then; waiting only makes what the client
/// reads next already true.
inline constexpr std::chrono::milliseconds engine_wait_max{250};

/// Tells the supervisor of the caller's tenant, and waits until it has looked, at most `engine_wait_max`.
boost::asio::awaitable<void> notify_engine(call& of);

}  // namespace pulse::http
