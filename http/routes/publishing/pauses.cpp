#include "http/routes/publishing/pauses.hpp"

#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/channels.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/pauses.hpp"
#include "persistence/publishing/projects.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace pauses = persistence::pauses;
using persistence::transaction;
using persistence::members::company;
using persistence::projects::project;

/// Deliveries that had begun before the pause: they finish, or are looked up at the platform.
struct begun_before {
  std::int64_t under_way_total = 0;
  std::vector<pauses::delivery_under_way> under_way;  // the first hundred
};
BOOST_DESCRIBE_STRUCT(begun_before, (), (under_way_total, under_way))

struct paused_channel : channel, begun_before {};
BOOST_DESCRIBE_STRUCT(paused_channel, (channel, begun_before), ())
struct paused_project : project, begun_before {};
BOOST_DESCRIBE_STRUCT(paused_project, (project, begun_before), ())
struct paused_company : company, begun_before {};
BOOST_DESCRIBE_STRUCT(paused_company, (company, begun_before), ())

persistence::by_member by_caller(const request_context& context) {
  return {.member_id = context.principal.member_id, .now = context.services.clock.now()};
}

begun_before look(transaction& tx, std::optional<base::uuid> channel_id, std::optional<base::uuid> project_id) {
  auto found = pauses::find_under_way(tx, channel_id, project_id);
  return {.under_way_total = found.total, .under_way = std::move(found.listed)};
}

result<channel> read_channel(transaction& tx, const base::uuid& id) {
  auto found = persistence::channels::find(id).first(tx);
  if (!found) return problems::not_found("channel");
  return with_capabilities(std::move(*found));
}

result<project> read_project(transaction& tx, const base::uuid& id) {
  auto found = persistence::projects::find(id).first(tx);
  if (!found) return problems::not_found("project");
  return std::move(*found);
}

result<company> read_company(transaction& tx) {
  auto found = persistence::members::find_company().first(tx);
  if (!found) return problems::not_found("company");
  return std::move(*found);
}

/// Runs `job` in one transaction, and notifies the engine after the commit.
template <class T, class Job>
asio::awaitable<reply<T>> step(request_context& context, Job job) {
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return std::move(*done);
}

asio::awaitable<reply<paused_channel>> pause_channel(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = by_caller(context)](transaction& tx) -> result<paused_channel> {
    pauses::pause_channel(tx, id, by);
    auto found = read_channel(tx, id);
    if (!found) return found.error();
    return paused_channel{std::move(*found), look(tx, id, std::nullopt)};
  };
  auto done = co_await step<paused_channel>(context, std::move(job));
  co_return done;
}

asio::awaitable<reply<channel>> resume_channel(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = by_caller(context)](transaction& tx) {
    pauses::resume_channel(tx, id, by);
    return read_channel(tx, id);
  };
  auto done = co_await step<channel>(context, std::move(job));
  co_return done;
}

asio::awaitable<reply<paused_project>> pause_project(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = by_caller(context)](transaction& tx) -> result<paused_project> {
    pauses::pause_project(tx, id, by);
    auto found = read_project(tx, id);
    if (!found) return found.error();
    return paused_project{std::move(*found), look(tx, std::nullopt, id)};
  };
  auto done = co_await step<paused_project>(context, std::move(job));
  co_return done;
}

asio::awaitable<reply<project>> resume_project(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id, by = by_caller(context)](transaction& tx) {
    pauses::resume_project(tx, id, by);
    return read_project(tx, id);
  };
  auto done = co_await step<project>(context, std::move(job));
  co_return done;
}

asio::awaitable<reply<company>> get_company(request_context& context) {
  auto found = co_await read_one(context, persistence::members::find_company(), "company");
  co_return std::move(found);
}

asio::awaitable<reply<paused_company>> pause_company(request_context& context) {
  auto job = [by = by_caller(context)](transaction& tx) -> result<paused_company> {
    pauses::pause_company(tx, by);
    auto found = read_company(tx);
    if (!found) return found.error();
    return paused_company{std::move(*found), look(tx, std::nullopt, std::nullopt)};
  };
  auto done = co_await step<paused_company>(context, std::move(job));
  co_return done;
}

asio::awaitable<reply<company>> resume_company(request_context& context) {
  auto job = [by = by_caller(context)](transaction& tx) {
    pauses::resume_company(tx, by);
    return read_company(tx);
  };
  auto done = co_await step<company>(context, std::move(job));
  co_return done;
}

constexpr std::string_view about_pausing =
    "After the answer nothing more starts; `under_way` lists deliveries that had begun. Pausing again changes nothing.";
constexpr std::string_view about_resuming =
    "Posts that became late meanwhile follow their lateness policy. Resuming what is not paused changes nothing.";

}  // namespace

void add_pauses(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::post, "/channels/{id}/pause", permission::publish_posts, &pause_channel, "Pause a channel",
             {.problems = {404}, .description = about_pausing});
  routes.add(verb::post, "/channels/{id}/resume", permission::publish_posts, &resume_channel, "Resume a channel",
             {.problems = {404}, .description = about_resuming});
  routes.add(verb::post, "/projects/{id}/pause", permission::publish_posts, &pause_project, "Pause a project",
             {.problems = {404}, .description = about_pausing});
  routes.add(verb::post, "/projects/{id}/resume", permission::publish_posts, &resume_project, "Resume a project",
             {.problems = {404}, .description = about_resuming});
  routes.add(verb::get, "/company", permission::read_account, &get_company, "Read the company that I am in",
             {.problems = {404}});
  routes.add(verb::post, "/company/pause", permission::operate, &pause_company, "Pause the whole company",
             {.problems = {404}, .description = about_pausing});
  routes.add(verb::post, "/company/resume", permission::operate, &resume_company, "Resume the whole company",
             {.problems = {404}, .description = about_resuming});
}

}  // namespace pulse::http::routes
