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
boost::asio::awaitable<std::optional<std::string>> find_cached(call& of, std::string key);
/// Keeps it, without waiting whether that succeeds.
void keep_cached(call& of, std::string_view key, std::string_view json, std::chrono::milliseconds ttl);
server::response render_cached(std::string json);

}  // namespace detail

/// The JSON that is kept under `key`, or what `job(transaction&) -> outcome<T>` gives in a transaction of the caller's tenant, which is
/// then kept for `ttl`. The key is of the caller's tenant alone; problems are not kept.
template <class T, class Job>
boost::asio::awaitable<reply<T>> answer_cached(call& of, std::string key, std::chrono::milliseconds ttl, Job job) {
  if (is_limited(of.who)) {  // it sees less than the others of its company
    auto limited = co_await in_transaction(of, std::move(job));
    co_return reply<T>{std::move(limited)};
  }
  const auto name = "pulse:answer:" + base::to_string(of.who.tenant_id) + ":" + std::move(key);
  auto kept = co_await detail::find_cached(of, name);
  if (kept) co_return reply<T>{detail::render_cached(std::move(*kept))};
  auto made = co_await in_transaction(of, job);
  if (!made) co_return std::move(made.error());
  std::string json;
  base::json::write(json, *made);
  detail::keep_cached(of, name, json, ttl);
  co_return reply<T>{detail::render_cached(std::move(json))};
}

}  // namespace pulse::http
