// Answers that may be some seconds old, cached in Redis. Without Redis each is computed.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "http/api/reply.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace detail {

/// What is kept under `key`, if anything is and Redis says so in time.
boost::asio::awaitable<std::optional<std::string>> find_cached(request_context& context, std::string key);
/// Keeps it, without waiting whether that succeeds.
void keep_cached(request_context& context, std::string_view key, std::string_view json, std::chrono::milliseconds ttl);
server::response render_cached(std::string json);

}  // namespace detail

/// The JSON that is kept under `key`, or what `job(transaction&) -> outcome<T>` gives in a transaction of the caller's tenant, which is
/// then kept for `ttl`. The key is of the caller's tenant alone; problems are not kept.
template <class T, class Job>
boost::asio::awaitable<reply<T>> answer_cached(request_context& context, std::string key, std::chrono::milliseconds ttl,
                                               Job job) {
  if (is_limited(context.principal)) {  // it sees less than the others of its company
    auto limited = co_await in_transaction(context, std::move(job));
    co_return reply<T>{std::move(limited)};
  }
  const auto name = "pulse:answer:" + base::to_string(context.principal.tenant_id) + ":" + std::move(key);
  auto kept = co_await detail::find_cached(context, name);
  if (kept) co_return reply<T>{detail::render_cached(std::move(*kept))};
  auto made = co_await in_transaction(context, job);
  if (!made) co_return std::move(made.error());
  std::string json;
  base::json::write(json, *made);
  detail::keep_cached(context, name, json, ttl);
  co_return reply<T>{detail::render_cached(std::move(json))};
}

}  // namespace pulse::http
