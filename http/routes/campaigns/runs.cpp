#include "http/routes/campaigns/runs.hpp"

#include <fmt/core.h>

#include "base/describe.hpp"
#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/campaigns/run_steps.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/campaigns/rules.hpp"
#include "persistence/campaigns/runs.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace campaigns = domain::campaigns;
namespace runs = persistence::runs;
using persistence::transaction;
using runs::run;

struct list_runs_query : page_request {
  std::optional<base::uuid> project_id;
  std::optional<base::uuid> rule_id;
  std::optional<campaigns::run_state> status;
  std::optional<base::uuid> post_id;  // the post that the run has made
};
BOOST_DESCRIBE_STRUCT(list_runs_query, (page_request), (project_id, rule_id, status, post_id))

struct step_list {
  base::uuid run_id;
  std::string time_zone;
  std::vector<told_step> items;
};
BOOST_DESCRIBE_STRUCT(step_list, (), (run_id, time_zone, items))

std::string name_of(campaigns::run_state state) { return std::string{base::to_name(state)}; }

asio::awaitable<reply<page<run>>> list_runs(request_context& context, in_query<list_runs_query> query) {
  auto wanted = runs::list({query->project_id, query->rule_id, query->status, query->post_id}, bounds_of(query.value));
  auto found = co_await read_all(context, std::move(wanted));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<run>));
}

asio::awaitable<reply<run>> get_run(request_context& context, in_path<by_id> path) {
  auto found = co_await read_one(context, runs::find(path->id), "run");
  co_return std::move(found);
}

asio::awaitable<reply<step_list>> list_steps(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](transaction& tx) -> result<step_list> {
    const auto found = runs::find(id).first(tx);
    if (!found) return problems::not_found("run");
    const auto project = persistence::rules::find_project(tx, found->project_id);
    step_list made{id, project ? project->time_zone : "UTC", {}};
    const domain::zone_clock zone{made.time_zone};
    for (auto& each : runs::list_steps(id).all(tx)) made.items.push_back(tell_step(std::move(each), zone));
    return made;
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

asio::awaitable<reply<run>> cancel_run(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<run> {
    const bool is_done = runs::cancel(tx, id, member_id, now);
    auto found = runs::find(id).first(tx);
    if (!found) return problems::not_found("run");
    if (!is_done)
      return problems::conflict("run_is_" + name_of(found->state),
                                fmt::format("The run is over: it is {}.", name_of(found->state)));
    return std::move(*found);
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_return std::move(*made);
}

asio::awaitable<reply<run>> retry_run(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, member_id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<run> {
    const bool is_done = runs::retry(tx, id, member_id, now);
    auto found = runs::find(id).first(tx);
    if (!found) return problems::not_found("run");
    if (!is_done)
      return problems::conflict(
          "run_is_" + name_of(found->state),
          fmt::format("Only runs that have failed or were held back can be tried again; this one is {}.",
                      name_of(found->state)));
    return std::move(*found);
  };
  auto made = co_await in_transaction(context, std::move(job));
  if (!made) co_return made.error();
  co_await notify_engine(context);
  co_return std::move(*made);
}

}  // namespace

void add_runs(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/automation/runs", permission::read_campaigns, &list_runs, "List runs of rules, newest first",
             {.description = "`post_id`: only the run that made this post."});
  routes.add(verb::get, "/automation/runs/{id}", permission::read_campaigns, &get_run, "Read a run",
             {.problems = {404}});
  routes.add(verb::get, "/automation/runs/{id}/events", permission::read_campaigns, &list_steps,
             "What a run decided, step by step",
             {.problems = {404}, .description = "Each step has the rule that led to it, its figures, and a sentence."});
  routes.add(verb::post, "/automation/runs/{id}/cancel", permission::manage_rules, &cancel_run, "Cancel a run",
             {.problems = {404, 409},
              .description = "Its content stays in the content studio, and is not published by itself."});
  routes.add(verb::post, "/automation/runs/{id}/retry", permission::manage_rules, &retry_run,
             "Retry a run that failed or was held back", {.problems = {404, 409}});
}

}  // namespace pulse::http::routes
