#include "http/routes/people/teams.hpp"

#include "http/api/idempotency.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/teams.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace teams = persistence::teams;
using domain::permission;
using server::verb;
using teams::team;

struct by_user {
  base::uuid user_id;
};
BOOST_DESCRIBE_STRUCT(by_user, (), (user_id))

struct team_name {
  base::text<1, 80> name;
};
BOOST_DESCRIBE_STRUCT(team_name, (), (name))

struct team_list {
  std::vector<team> items;
};
BOOST_DESCRIBE_STRUCT(team_list, (), (items))

struct team_assignment {
  std::optional<base::uuid> team_id;  // null: in no team
};
BOOST_DESCRIBE_STRUCT(team_assignment, (), (team_id))

problem name_taken_or(problem why) {
  if (why.constraint != teams::name_once) return why;
  return problems::conflict("name_taken", "Another team of this company has that name. Choose another name.");
}

net::awaitable<reply<team_list>> list_teams(request_context& context) {
  auto found = co_await read_all(context, teams::list());
  if (!found) co_return found.error();
  co_return team_list{std::move(*found)};
}

net::awaitable<reply<team>> create_team(request_context& context, in_body<team_name> body) {
  if (is_blank(body->name.value)) co_return problems::invalid_field("/name", "must not be blank");
  const auto now = context.services.clock.now();
  const team made{base::new_uuid(now), body->name.value, 0, now};
  auto job = [made](persistence::transaction& within) -> reply<team> {
    if (!teams::insert(within, made))
      return problems::conflict("too_many_teams", "A company has at most 500 teams. Remove one first.");
    return made;
  };
  auto answer = co_await create_once(context, std::move(job));
  if (const auto* why = answer.why()) co_return name_taken_or(*why);
  co_return answer;
}

net::awaitable<reply<team>> rename_team(request_context& context, in_path<by_id> path, in_body<team_name> body) {
  if (is_blank(body->name.value)) co_return problems::invalid_field("/name", "must not be blank");
  auto job = [actor_id = context.principal.member_id, id = path->id,
              name = body->name.value](persistence::transaction& within) -> result<team> {
    const auto actor = directory::find(within, actor_id);
    if (!actor || !teams::exists(within, id)) return problems::not_found("team");
    if (const auto refused = domain::may_rename_team({actor->id, actor->role, actor->team_id}, id))
      return to_problem(*refused);
    auto renamed = teams::rename(within, id, name);
    if (!renamed) return problems::not_found("team");
    return std::move(*renamed);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return name_taken_or(done.error());
  co_return std::move(*done);
}

net::awaitable<reply<nothing>> remove_team(request_context& context, in_path<by_id> path) {
  auto job = [id = path->id](persistence::transaction& within) { return teams::remove(within, id); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("team");
  co_return nothing{};
}

net::awaitable<reply<nothing>> assign_team(request_context& context, const sign_in_services& services,
                                           base::uuid user_id, std::optional<base::uuid> team_id) {
  auto job = [user_id, team_id](persistence::transaction& within) -> result<nothing> {
    if (!directory::find(within, user_id)) return problems::not_found("member");
    if (team_id && !teams::exists(within, *team_id))
      return problems::invalid_field("/team_id", "is no team of this company");
    directory::set_team(within, user_id, team_id);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(user_id);
  co_return nothing{};
}

}  // namespace

void add_teams(route_table& table, const sign_in_services& services) {
  table.add(verb::get, "/org/teams", permission::read_account, &list_teams, "The teams of my company, by name");
  table.add(verb::post, "/org/teams", permission::manage_members, &create_team, "Make a team",
            {.success = 201, .idempotent = true, .problems = {409}});
  table.add(verb::put, "/org/teams/{id}", permission::invite_members, &rename_team, "Rename a team",
            {.problems = {403, 404, 409}, .description = "Owners and admins; team leaders their own."});
  table.add(verb::delete_, "/org/teams/{id}", permission::manage_members, &remove_team,
            "Remove a team; its members stay in the company", {.success = 204, .problems = {404}});
  table.add(verb::put, "/org/teams/members/{user_id}/team", permission::manage_members,
            [services](request_context& context, in_path<by_user> path, in_body<team_assignment> body) {
              return assign_team(context, services, path->user_id, body->team_id);
            },
            "Put a member into a team; null takes them out of theirs", {.success = 204, .problems = {404}});
}

}  // namespace pulse::http::routes
