#include "http/routes/budgets/usage.hpp"

#include "domain/budgets/rate_choice.hpp"
#include "domain/platforms/platform.hpp"
#include "domain/platforms/platform_limits.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/budgets/rate_limits.hpp"
#include "persistence/budgets/usage.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace limits = persistence::rate_limits;
namespace usage = persistence::usage;
using domain::channel_type;
using persistence::transaction;

struct usage_query {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(usage_query, (), (project_id))

struct channel_usage {
  base::uuid channel_id;
  channel_type platform = channel_type::website;
  std::optional<int> limit;  // none: no limit
  std::optional<std::int64_t> window_seconds;
  std::int64_t used = 0;
  std::int64_t planned = 0;
  std::optional<base::timestamp> free_at;  // while it is full: when the next slot is free
  std::optional<base::timestamp> next_due_at;
};
BOOST_DESCRIBE_STRUCT(channel_usage, (),
                      (channel_id, platform, limit, window_seconds, used, planned, free_at, next_due_at))

struct budget {
  channel_type platform = channel_type::website;
  domain::rate rate;
};

/// The budget of an account of each platform. The website's budget only guards this machine, so it is left out.
std::vector<budget> budgets_of_accounts(transaction& tx) {
  const auto rows = limits::list(tx);
  std::vector<budget> made;
  for (const auto& platform : domain::platforms()) {
    const bool is_set = std::any_of(rows.begin(), rows.end(), [&platform](const auto& each) {
      return each.platform == platform.type && each.scope == domain::limit_scope::account && each.is_of_tenant;
    });
    if (!platform.needs_account && !is_set) continue;
    made.push_back({platform.type, domain::rates_for(platform.type, rows).account});
  }
  return made;
}

channel_usage show(const usage::row& from, const std::vector<budget>& budgets) {
  channel_usage made;
  made.channel_id = from.channel_id;
  made.platform = from.platform;
  made.used = from.used;
  made.planned = from.planned;
  made.next_due_at = from.next_due_at;
  for (const auto& each : budgets) {
    if (each.platform != from.platform) continue;
    made.limit = each.rate.limit;
    made.window_seconds = std::chrono::ceil<std::chrono::seconds>(each.rate.window).count();
    if (from.used >= each.rate.limit && from.oldest_at) made.free_at = *from.oldest_at + each.rate.window;
  }
  if (from.blocked_until && (!made.free_at || *made.free_at < *from.blocked_until)) made.free_at = from.blocked_until;
  return made;
}

asio::awaitable<reply<page<channel_usage>>> list_channel_usage(request_context& context, in_query<usage_query> query) {
  auto job = [project_id = query->project_id,
              now = context.services.clock.now()](transaction& tx) -> result<page<channel_usage>> {
    const auto budgets = budgets_of_accounts(tx);
    std::vector<usage::window> windows;
    for (const auto& each : budgets) {
      windows.push_back({each.platform, std::chrono::ceil<std::chrono::seconds>(each.rate.window).count(),
                         domain::account_limit_unit(each.platform) == domain::limit_unit::posts});
    }
    page<channel_usage> made;
    for (const auto& each : usage::list(tx, project_id, windows, now)) made.items.push_back(show(each, budgets));
    if (made.items.empty() && project_id && !persistence::projects::exists(tx, *project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return made;
  };
  auto made = co_await in_transaction(context, job);
  if (!made) co_return made.error();
  co_return std::move(*made);
}

}  // namespace

void add_usage(route_table& routes) {
  routes.add(
      server::verb::get, "/channels/usage", domain::permission::read_channels, &list_channel_usage,
      "Read how much of its budget each channel has used",
      {.problems = {404},
       .description =
           "`used` counts the attempts of the channel's account that began within the last `window_seconds` and "
           "may have called the platform (or have published, where the platform counts posts); "
           "`planned` counts the deliveries that may start within the next. All channels of an account share one "
           "budget, in whichever project. While the budget is full, `free_at` says when the next slot is free."});
}

}  // namespace pulse::http::routes
