#include "http/routes/operations/system.hpp"

#include <chrono>

#include "base/secure.hpp"
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
  std::optional<std::string> reason;  // why it is not ready
  readiness_checks checks;
};
BOOST_DESCRIBE_STRUCT(readiness, (), (status, reason, checks))

double to_ms(std::chrono::steady_clock::duration took) {
  return std::chrono::duration<double, std::milli>(took).count();
}

reply<index> show_index(request_context& context) {
  const auto& prefix = context.services.addresses.api_prefix();
  return index{"pulse", context.services.version, prefix + "/docs", prefix + "/openapi.json"};
}

reply<liveness> show_liveness(request_context&) { return liveness{"ok"}; }

net::awaitable<readiness_check> check_database(request_context& context) {
  const auto start = std::chrono::steady_clock::now();
  auto& database = context.services.database;
  auto ping = [&database](auto done) { database.ping(std::move(done)); };
  auto answer = co_await from_callback<persistence::result<std::chrono::microseconds>>(std::move(ping));
  if (!answer) co_return readiness_check{false, std::nullopt};
  co_return readiness_check{true, to_ms(std::chrono::steady_clock::now() - start)};
}

net::awaitable<readiness_check> check_redis(request_context& context) {
  const auto start = std::chrono::steady_clock::now();
  auto& redis = context.services.redis;
  auto ping = [&redis](auto done) { redis.submit({"PING"}, std::move(done)); };
  auto answer = co_await from_callback<persistence::redis_result<persistence::redis_reply>>(std::move(ping));
  if (!answer) co_return readiness_check{false, std::nullopt};
  co_return readiness_check{true, to_ms(std::chrono::steady_clock::now() - start)};
}

/// Without Redis the service works, but slower: degraded, and still ready.
readiness_status status_of(const readiness_checks& checks, bool stopping) {
  if (stopping) return readiness_status::stopping;
  if (!checks.database.ok) return readiness_status::unavailable;
  return checks.redis.ok ? readiness_status::ready : readiness_status::degraded;
}

/// Visible to strangers, so it holds no addresses.
std::optional<std::string> reason_of(readiness_status status) {
  switch (status) {
    case readiness_status::ready: return std::nullopt;
    case readiness_status::degraded: return "Redis cannot be reached; everything goes on without it.";
    case readiness_status::unavailable: return "PostgreSQL cannot be reached, or does not answer.";
    case readiness_status::stopping: return "The service is stopping.";
  }
  return std::nullopt;
}

net::awaitable<reply<readiness>> show_readiness(request_context& context) {
  readiness found;
  found.checks.database = co_await check_database(context);
  found.checks.redis = co_await check_redis(context);
  found.status = status_of(found.checks, context.services.stopping && context.services.stopping());
  found.reason = reason_of(found.status);
  const bool takes_requests = found.status == readiness_status::ready || found.status == readiness_status::degraded;
  auto answer = reply<readiness>{found};
  co_return std::move(answer).status(takes_requests ? 200 : 503);
}

/// Whether `authorization` is `Bearer` with this token.
bool names_token(std::string_view authorization, const std::string& token) {
  constexpr std::string_view scheme = "Bearer ";
  return authorization.starts_with(scheme) && base::equal_in_constant_time(authorization.substr(scheme.size()), token);
}

reply<document> show_metrics(request_context& context) {
  const auto& access = context.services.figures;
  if (!access.is_served) return problems::not_found("address");
  if (const auto& token = access.token.reveal(); !token.empty()) {
    const auto sent = context.request.find("authorization");
    if (!sent || !names_token(*sent, token)) {
      return problems::unauthenticated(
          "metrics_token", "The figures need `Authorization: Bearer` with this installation's METRICS_TOKEN.");
    }
  }
  document page;
  page.body = context.services.measures.text();
  return page;
}

}  // namespace

void add_system(route_table& table) {
  const route_options plain{.any_query = true};
  table.add(verb::get, "/", permission::public_, &show_index,
            "The name of this service and the address of its documentation", plain);
  table.add(verb::get, "/live", permission::public_, &show_liveness, "Whether the process is alive", plain);
  table.add(verb::get, "/health", permission::public_, &show_liveness, "The same as /live", plain);
  table.add(
      verb::get, "/ready", permission::public_, &show_readiness,
      "Whether requests can be served: the database and Redis, each with its latency",
      {.also = 503, .any_query = true, .description = "503 when the database is gone or the service is stopping."});
  table.add(verb::get, "/metrics", permission::public_, &show_metrics, "Figures for Prometheus",
            {.any_query = true,
             .media_type = "text/plain; version=0.0.4; charset=utf-8",
             .problems = {401, 404},
             .description = "Needs METRICS_TOKEN as the bearer token where that is set; in production not served here "
                            "without it."});
}

}  // namespace pulse::http::routes
