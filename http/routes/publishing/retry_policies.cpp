#include "http/routes/publishing/retry_policies.hpp"

#include "domain/publishing/retry.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "persistence/publishing/retry_policies.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace policies = persistence::retry_policies;
using persistence::transaction;

struct by_channel_type {
  domain::channel_type channel_type = domain::channel_type::website;
};
BOOST_DESCRIBE_STRUCT(by_channel_type, (), (channel_type))

struct retry_policy {
  domain::channel_type channel_type = domain::channel_type::website;
  int max_attempts = domain::default_retry_policy.max_attempts;
  domain::backoff_strategy backoff_strategy = domain::default_retry_policy.strategy;
  int retry_delay_seconds = domain::default_retry_policy.retry_delay_seconds;
  bool is_default = true;
  std::optional<base::timestamp> updated_at;
};
BOOST_DESCRIBE_STRUCT(retry_policy, (),
                      (channel_type, max_attempts, backoff_strategy, retry_delay_seconds, is_default, updated_at))

struct set_retry_policy_request {
  base::bounded_int<1, 20> max_attempts;
  domain::backoff_strategy backoff_strategy = domain::backoff_strategy::exponential;
  base::bounded_int<1, 3600> retry_delay_seconds;
};
BOOST_DESCRIBE_STRUCT(set_retry_policy_request, (), (max_attempts, backoff_strategy, retry_delay_seconds))

retry_policy of_tenant(domain::channel_type type, const domain::retry_policy& set, base::timestamp at) {
  return {.channel_type = type,
          .max_attempts = set.max_attempts,
          .backoff_strategy = set.strategy,
          .retry_delay_seconds = set.retry_delay_seconds,
          .is_default = false,
          .updated_at = at};
}

asio::awaitable<reply<page<retry_policy>>> list_retry_policies(request_context& context) {
  auto set = co_await read_all(context, policies::list());
  if (!set) co_return set.error();
  page<retry_policy> made;
  for (const auto& platform : domain::platforms()) {
    retry_policy shown{.channel_type = platform.type, .updated_at = std::nullopt};
    for (const auto& each : *set) {
      if (each.channel_type != platform.type) continue;
      shown = of_tenant(each.channel_type,
                        {.max_attempts = each.max_attempts,
                         .strategy = each.backoff_strategy,
                         .retry_delay_seconds = each.retry_delay_seconds},
                        each.updated_at);
    }
    made.items.push_back(std::move(shown));
  }
  co_return made;
}

asio::awaitable<reply<retry_policy>> set_retry_policy(request_context& context, in_path<by_channel_type> path,
                                                      in_body<set_retry_policy_request> body) {
  const domain::retry_policy wanted{.max_attempts = static_cast<int>(body->max_attempts.value),
                                    .strategy = body->backoff_strategy,
                                    .retry_delay_seconds = static_cast<int>(body->retry_delay_seconds.value)};
  const auto now = context.services.clock.now();
  auto job = [type = path->channel_type, wanted, now](transaction& tx) { policies::store(tx, type, wanted, now); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return of_tenant(path->channel_type, wanted, now);
}

asio::awaitable<reply<nothing>> reset_retry_policy(request_context& context, in_path<by_channel_type> path) {
  auto job = [type = path->channel_type](transaction& tx) { policies::remove(tx, type); };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return nothing{};
}

}  // namespace

void add_retry_policies(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::get, "/retry-policies", permission::read_channels, &list_retry_policies,
      "List the retry policies, one a channel type",
      {.description = "A delivery that failed for a passing reason is retried after `retry_delay_seconds`, times the "
                      "number of failures (linear) or doubled with each (exponential), spread by a fifth, at most six "
                      "hours, until `max_attempts` have failed. A time that the platform names is obeyed."});
  routes.add(verb::put, "/retry-policies/{channel_type}", permission::operate, &set_retry_policy,
             "Set the company's retry policy for a channel type",
             {.description = "Owners and admins. It applies to later failures."});
  routes.add(verb::delete_, "/retry-policies/{channel_type}", permission::operate, &reset_retry_policy,
             "Go back to the default retry policy", {.success = 204, .description = "Owners and admins."});
}

}  // namespace pulse::http::routes
