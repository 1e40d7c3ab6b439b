// Answers that may be some seconds old, cached in Redis. Without Redis each answer is computed.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "http/api/reply.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace detail {

/// The cached value of `key`, if there is one and Redis answers in time.
boost::asio::awaitable<std::optional<std::string>> find_cached(request_context& context, std::string key);
/// Caches the value, without waiting for the result.
void keep_cached(request_context& context, std::string_view key, std::string_view json, std::chrono::milliseconds ttl);
server::response render_cached(std::string json);

}  // namespace detail

/// The cached JSON of `key`, or the result of `job(transaction&) -> outcome<T>` in a transaction of the caller's
/// tenant, which is then cached for `ttl`. Keys belong to one tenant; problems are not cached.
template <class T, class Job>
boost::asio::awaitable<reply<T>> answer_cached(request_context& context, std::string key, std::chrono::milliseconds ttl,
                                               Job job) {
  if (is_limited(context.principal)) {  // such a caller sees less than others of the company
    auto limited = co_await in_transaction(context, std::move(job));
    co_return reply<T>{std::move(limited)};
  }
  const auto name = "pulse:answer:" + base::to_string(context.principal.tenant_id) + ":" + std::move(key);
  auto kept = co_await detail::find_cached(context, name);
  if (kept) co_return reply<T>{detail::render_cached(std::move(*kept))};
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  std::string json;
  base::json::write(json, *made);
  detail::keep_cached(context, name, json, ttl);
  co_return reply<T>{detail::render_cached(std::move(json))};
}

}  // namespace pulse::http
