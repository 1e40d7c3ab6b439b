#include "http/routes/budgets/rate_limits.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/budgets/rate_choice.hpp"
#include "domain/calendar/time_words.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/budgets/rate_limits.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace limits = persistence::rate_limits;
using domain::channel_type;
using domain::limit_scope;
using persistence::transaction;

/// The scopes in which a tenant may set its own budget; the app's budget is shared by all, and is the operator's.
enum class own_scope { account, tenant };
BOOST_DESCRIBE_ENUM(own_scope, account, tenant)

struct by_platform_and_scope {
  channel_type platform = channel_type::website;
  own_scope scope = own_scope::account;
};
BOOST_DESCRIBE_STRUCT(by_platform_and_scope, (), (platform, scope))

struct post_budget {
  int posts = 1;  // within any window
  std::int64_t window_seconds = 1;
  int burst = 1;  // how many of them may start at once
};
BOOST_DESCRIBE_STRUCT(post_budget, (), (posts, window_seconds, burst))

struct rate_limit {
  channel_type platform = channel_type::website;
  limit_scope scope = limit_scope::account;
  std::optional<post_budget> budget;  // the one in force; none: no limit
  domain::rate_source source = domain::rate_source::none;
  std::optional<post_budget> documented;
  std::optional<post_budget> installation;
  std::optional<post_budget> tenant;
};
BOOST_DESCRIBE_STRUCT(rate_limit, (), (platform, scope, budget, source, documented, installation, tenant))

struct set_rate_limit_request {
  base::bounded_int<1, 1'000'000> posts;
  base::bounded_int<1, 86'400> window_seconds;
  std::optional<base::bounded_int<1, 1'000'000>> burst;  // default: half of the posts
};
BOOST_DESCRIBE_STRUCT(set_rate_limit_request, (), (posts, window_seconds, burst))

std::optional<post_budget> shown(const std::optional<domain::rate>& from) {
  if (!from) return std::nullopt;
  return post_budget{.posts = from->limit,
                     .window_seconds = std::chrono::ceil<std::chrono::seconds>(from->window).count(),
                     .burst = from->burst};
}

std::optional<domain::rate> find_row(const std::vector<domain::limit_row>& rows, channel_type platform,
                                     limit_scope scope, bool is_of_tenant) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const domain::limit_row& each) {
    return each.platform == platform && each.scope == scope && each.is_of_tenant == is_of_tenant;
  });
  if (found == rows.end()) return std::nullopt;
  return domain::rate_of(*found);
}

rate_limit describe(const std::vector<domain::limit_row>& rows, channel_type platform, limit_scope scope) {
  const auto documented = domain::documented_rate(platform, scope);
  const auto installation = find_row(rows, platform, scope, false);
  const auto tenant = find_row(rows, platform, scope, true);
  const auto chosen = domain::choose_rate(documented, installation, tenant);
  return {.platform = platform,
          .scope = scope,
          .budget = shown(chosen.budget),
          .source = chosen.source,
          .documented = shown(documented),
          .installation = shown(installation),
          .tenant = shown(tenant)};
}

limit_scope to_scope(own_scope from) {
  switch (from) {
    case own_scope::account: return limit_scope::account;
    case own_scope::tenant: return limit_scope::tenant;
  }
  return limit_scope::account;
}

asio::awaitable<reply<page<rate_limit>>> list_rate_limits(request_context& context) {
  auto job = [](transaction& tx) { return limits::list(tx); };
  auto rows = co_await in_transaction(context, job);
  if (!rows) co_return rows.error();
  page<rate_limit> made;
  for (const auto& platform : domain::platforms()) {
    base::for_each_enumerator<limit_scope>(
        [&](std::string_view, limit_scope scope) { made.items.push_back(describe(*rows, platform.type, scope)); });
  }
  co_return made;
}

/// Checks a budget by itself, and against the one that bounds it.
std::optional<problem> check(const domain::rate& wanted, const domain::rate_choice& bound) {
  if (wanted.burst > wanted.limit) return problems::invalid_field("/burst", "must not be more than the posts");
  if (!bound.budget || domain::is_within(wanted, *bound.budget)) return std::nullopt;
  const auto most = *shown(bound.budget);
  const bool is_documented = bound.source == domain::rate_source::documented;
  return problems::invalid_field(
      wanted.burst > most.burst ? "/burst" : "/posts",
      fmt::format("must stay within what {}: {} posts in {}, {} at once",
                  is_documented ? "the platform documents" : "this installation allows", most.posts,
                  domain::format_length(std::chrono::seconds{most.window_seconds}), most.burst));
}

/// By default half of the posts may start at once, as in the documented budgets.
domain::rate to_rate(const set_rate_limit_request& from, const domain::rate_choice& bound) {
  const auto posts = static_cast<int>(from.posts.value);
  domain::rate made{.limit = posts, .window = std::chrono::seconds{from.window_seconds.value}, .burst = 1};
  if (from.burst) {
    made.burst = static_cast<int>(from.burst->value);
  } else {
    made.burst = std::clamp(posts / 2, 1, bound.budget ? bound.budget->burst : posts);
  }
  return made;
}

asio::awaitable<reply<rate_limit>> set_rate_limit(request_context& context, in_path<by_platform_and_scope> path,
                                                  in_body<set_rate_limit_request> body) {
  auto job = [platform = path->platform, scope = to_scope(path->scope), body = body.value,
              now = context.services.clock.now()](transaction& tx) -> result<rate_limit> {
    const auto bound = domain::choose_rate(domain::documented_rate(platform, scope),
                                           find_row(limits::list(tx), platform, scope, false), std::nullopt);
    const auto wanted = to_rate(body, bound);
    if (auto wrong = check(wanted, bound)) return std::move(*wrong);
    limits::store(tx, platform, scope, wanted, now);
    return describe(limits::list(tx), platform, scope);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return std::move(*done);
}

asio::awaitable<reply<nothing>> reset_rate_limit(request_context& context, in_path<by_platform_and_scope> path) {
  auto job = [platform = path->platform, scope = to_scope(path->scope)](transaction& tx) {
    limits::remove(tx, platform, scope);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return nothing{};
}

}  // namespace

void add_rate_limits(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::get, "/rate-limits", permission::read_channels, &list_rate_limits,
      "List the budgets of posts by platform and scope",
      {.description = "`budget` is the one in force, and `source` says who set it: the platform's documentation, the "
                      "installation's operator, or the company where it is stricter. `account` counts the posts of one "
                      "account, `tenant` those of the company on the platform, `app` those of everybody through this "
                      "installation's app."});
  routes.add(verb::put, "/rate-limits/{platform}/{scope}", permission::operate, &set_rate_limit,
             "Set the company's own budget, stricter than the one that bounds it",
             {.description = "Owners and admins. At most `posts` start within any `window_seconds`, and at most "
                             "`burst` of them at once (default: half)."});
  routes.add(verb::delete_, "/rate-limits/{platform}/{scope}", permission::operate, &reset_rate_limit,
             "Go back to the budget of the installation or the platform",
             {.success = 204, .description = "Owners and admins."});
}

}  // namespace pulse::http::routes
