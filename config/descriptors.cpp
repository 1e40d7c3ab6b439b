#include "config/descriptors.hpp"

#include <algorithm>

namespace pulse::config {

namespace {

/// Standard streams, state files, event loops with their wake-ups, listening sockets, Redis, the database's
/// notifications, and what libraries open for a moment.
constexpr std::size_t always_open = 48;
/// Connections that are refused politely have one each (http/server/session.hpp).
constexpr std::size_t being_refused = 64;
constexpr std::size_t per_call = 2;
/// Of the event loop, of listening, and of confirming who asks (http/bridges/confirming_loop).
constexpr std::size_t per_http_thread = 7;

}  // namespace

descriptor_plan plan_descriptors(const settings& all, std::size_t limit, std::size_t calls_wanted) {
  const auto count = [](int number) { return static_cast<std::size_t>(std::max(number, 0)); };
  const auto database = count(all.database_request_connections) + count(all.database_costly_connections) +
                        count(all.database_engine_connections) + live_stream_connections;
  const auto needed =
      always_open + database + per_http_thread * count(all.http_threads) + std::min(being_refused, limit / 8);
  const auto rest = limit > needed ? limit - needed : 0;
  descriptor_plan plan;
  plan.calls_in_flight = std::clamp<std::size_t>(rest / 2 / per_call, 4, calls_wanted);
  const auto for_calls = std::min(rest, plan.calls_in_flight * per_call);
  plan.connections = std::clamp<std::size_t>(rest - for_calls, 4, count(all.http_connections));
  return plan;
}

}  // namespace pulse::config
