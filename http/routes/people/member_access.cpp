#include "http/routes/people/member_access.hpp"

#include <set>

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/grants.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace grants = persistence::grants;
using domain::permission;
using server::verb;

struct wanted_access {
  bool is_limited = false;
  std::optional<std::vector<grants::grant>> grants{};  // stored, but without effect while access is not limited
};
BOOST_DESCRIBE_STRUCT(wanted_access, (), (is_limited, grants))

bool sees_everything(domain::role role) { return role == domain::role::owner || role == domain::role::admin; }

std::optional<problem> check(const std::vector<grants::grant>& request) {
  if (request.size() > grants::grants_max) return problems::invalid_field("/grants", "must be at most 200");
  std::set<base::uuid> seen;
  for (std::size_t i = 0; i < request.size(); ++i) {
    const auto at = "/grants/" + std::to_string(i);
    if (!seen.insert(request[i].project_id).second)
      return problems::invalid_field(at + "/project_id", "stands there twice");
    if (request[i].channel_ids && request[i].channel_ids->size() > grants::channels_max)
      return problems::invalid_field(at + "/channel_ids", "must be at most 100");
  }
  return std::nullopt;
}

net::awaitable<reply<grants::access>> show_access(request_context& context, base::uuid id) {
  auto job = [id](persistence::transaction& within) -> result<grants::access> {
    if (!directory::find(within, id)) return problems::not_found("member");
    return grants::find(within, id);
  };
  auto found = co_await in_transaction(context, std::move(job));
  co_return reply<grants::access>{std::move(found)};
}

net::awaitable<reply<grants::access>> set_access(request_context& context, const sign_in_services& services,
                                                 base::uuid id, wanted_access request) {
  const grants::access wanted{request.is_limited, request.grants.value_or(std::vector<grants::grant>{})};
  if (auto wrong = check(wanted.grants)) co_return std::move(*wrong);
  auto job = [id, wanted, actor_id = context.principal.member_id,
              now = context.services.clock.now()](persistence::transaction& within) -> result<grants::access> {
    directory::lock_people(within);
    const auto actor = directory::find(within, actor_id);
    const auto target = directory::find(within, id);
    if (!actor || !actor->is_active || !target) return problems::not_found("member");
    if (const auto refused = domain::may_set_role({actor->id, actor->role, actor->team_id},
                                                  {target->id, target->role, target->team_id}, target->role))
      return to_problem(*refused);
    if (wanted.is_limited && sees_everything(target->role))
      return problems::conflict("sees_everything",
                                "Owners and admins see the whole company. Give this member another role first.");
    if (!grants::set(within, id, wanted, now))
      return problems::invalid_field("/grants", "must name projects of the company, and channels of each");
    return grants::find(within, id);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(id);
  co_return std::move(*done);
}

}  // namespace

void add_member_access(route_table& table, const sign_in_services& services) {
  table.add(verb::get, "/org/members/{id}/access", permission::manage_members,
            [](request_context& context, in_path<by_id> path) { return show_access(context, path->id); },
            "The projects and channels that a member may see", {.problems = {404}});
  table.add(verb::put, "/org/members/{id}/access", permission::manage_members,
            [services](request_context& context, in_path<by_id> path, in_body<wanted_access> body) {
              return set_access(context, services, path->id, std::move(body.value));
            },
            "Limit a member to some projects and channels, or lift the limit",
            {.problems = {403, 404, 409},
             .description =
                 "Everything else is invisible to them and to their tokens, from the next request on, and in live "
                 "streams within a second. A grant without `channel_ids` is for all channels of the project. Limited "
                 "members cannot invite people or read the audit; the live stream has their events alone."});
}

}  // namespace pulse::http::routes
