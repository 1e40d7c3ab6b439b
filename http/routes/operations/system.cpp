#include "http/routes/operations/system.hpp"

#include <chrono>

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
using domain::permission;
using server::verb;

struct index {
  std::string name;
  std::string version;
  std::string documentation;
  std::string openapi;
};
BOOST_DESCRIBE_STRUCT(index, (), (name, version, documentation, openapi))

struct liveness {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(liveness, (), (status))

struct readiness_check {
  bool ok = false;
  std::optional<double> latency_ms;  // null when there was no answer
};
BOOST_DESCRIBE_STRUCT(readiness_check, (), (ok, latency_ms))

struct readiness_checks {
  readiness_check database;
  readiness_check redis;
};
BOOST_DESCRIBE_STRUCT(readiness_checks, (), (database, redis))

enum class readiness_status { ready, degraded, unavailable, stopping };
BOOST_DESCRIBE_ENUM(readiness_status, ready, degraded, unavailable, stopping)

struct readiness {
  readiness_status status = readiness_status::ready;
  readiness_checks checks;
};
BOOST_DESCRIBE_STRUCT(readiness, (), (status, checks))

double to_ms(std::chrono::steady_clock::duration took) {
  return std::chrono::duration<double, std::milli>(took).count();
}

reply<index> show_index(call& of) {
  const auto& prefix = of.with.addresses.api_prefix();
  return index{"pulse", of.with.version, prefix + "/docs", prefix + "/openapi.json"};
}

reply<liveness> show_liveness(call&) { return liveness{"ok"}; }

net::awaitable<readiness_check> check_database(call& of) {
  const auto start = std::chrono::steady_clock::now();
  auto& database = of.with.database;
  auto ping = [&database](auto done) { database.ping(std::move(done)); };
  auto answer = co_await from_callback<persistence::result<std::chrono::microseconds>>(std::move(ping));
  if (!answer) co_return readiness_check{false, std::nullopt};
  co_return readiness_check{true, to_ms(std::chrono::steady_clock::now() - start)};
}

net::awaitable<readiness_check> check_redis(call& of) {
  const auto start = std::chrono::steady_clock::now();
  auto& redis = of.with.redis;
  auto ping = [&redis](auto done) { redis.submit({"PING"}, std::move(done)); };
  auto answer = co_await from_callback<persistence::redis_result<persistence::redis_reply>>(std::move(ping));
  if (!answer) co_return readiness_check{false, std::nullopt};
  co_return readiness_check{true, to_ms(std::chrono::steady_clock::now() - start)};
}

/// Without Redis everything goes on, slower: degraded, and still ready.
readiness_status status_of(const readiness_checks& checks, bool stopping) {
  if (stopping) return readiness_status::stopping;
  if (!checks.database.ok) return readiness_status::unavailable;
  return checks.redis.ok ? readiness_status::ready : readiness_status::degraded;
}

net::awaitable<reply<readiness>> show_readiness(call& of) {
  readiness found;
  found.checks.database = co_await check_database(of);
  found.checks.redis = co_await check_redis(of);
  found.status = status_of(found.checks, of.with.stopping && of.with.stopping());
  const bool takes_requests = found.status == readiness_status::ready || found.status == readiness_status::degraded;
  auto answer = reply<readiness>{found};
  co_return std::move(answer).status(takes_requests ? 200 : 503);
}

reply<document> show_metrics(call& of) {
  document page;
  page.body = of.with.measures.text();
  return page;
}

}  // namespace

void add_system(route_table& table) {
  const route_options plain{.any_query = true};
  table.add(verb::get, "/", permission::public_, &show_index, "What this is and where its documentation is", plain);
  table.add(verb::get, "/live", permission::public_, &show_liveness, "Whether the process runs", plain);
  table.add(verb::get, "/health", permission::public_, &show_liveness, "The same as /live", plain);
  table.add(
      verb::get, "/ready", permission::public_, &show_readiness,
      "Whether requests can be served: the database and Redis, each with its latency",
      {.also = 503, .any_query = true, .description = "503 when the database is gone or the service is stopping."});
  table.add(verb::get, "/metrics", permission::public_, &show_metrics, "Figures for Prometheus",
            {.any_query = true, .media_type = "text/plain; version=0.0.4; charset=utf-8"});
}

}  // namespace pulse::http::routes
