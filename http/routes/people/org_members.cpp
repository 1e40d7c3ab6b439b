#include "http/routes/people/org_members.hpp"

#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/people/authority.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/handover.hpp"
#include "persistence/people/archive.hpp"
#include "persistence/people/directory.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace directory = persistence::directory;
namespace sessions = persistence::sessions;
using domain::permission;
using server::verb;

struct successor_query {
  std::optional<base::uuid> successor_id;  // takes over their open work; default: the caller
};
BOOST_DESCRIBE_STRUCT(successor_query, (), (successor_id))

struct role_change {
  base::uuid user_id;
  domain::role role = domain::role::member;
};
BOOST_DESCRIBE_STRUCT(role_change, (), (user_id, role))

struct ownership_transfer {
  base::uuid user_id;
};
BOOST_DESCRIBE_STRUCT(ownership_transfer, (), (user_id))

struct role_of_member {
  base::uuid user_id;
  domain::role role = domain::role::member;
};
BOOST_DESCRIBE_STRUCT(role_of_member, (), (user_id, role))

/// The caller and the affected member as they are now. Role changes are locked out meanwhile.
struct both {
  domain::person actor;
  domain::person target;
  bool is_target_active = false;
  bool is_target_erased = false;
};

result<both> find_both(persistence::transaction& within, const base::uuid& actor_id, const base::uuid& target_id) {
  directory::lock_people(within);
  const auto actor = directory::find(within, actor_id);
  // The caller may have been deactivated while this waited for the lock.
  if (!actor || !actor->is_active) return problems::not_found("member");
  const auto target = directory::find(within, target_id);
  if (!target) return problems::not_found("member");
  return both{to_person(*actor), to_person(*target), target->is_active, target->is_erased};
}

net::awaitable<reply<page<directory::person>>> list_members(request_context& context, in_query<page_request> query) {
  auto found = co_await read_all(context, directory::list(bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<directory::person>));
}

/// The successor: an active member whose role may write and decide.
result<base::uuid> find_successor(persistence::transaction& within, const both& found,
                                  const std::optional<base::uuid>& wanted) {
  auto chosen = wanted;
  if (!chosen && found.actor.id != found.target.id) chosen = found.actor.id;
  if (!chosen) chosen = directory::find_heir(within, found.target.id);
  const auto unfit = problems::invalid_fields(
      {{.parameter = "successor_id", .detail = "must be another active member who writes, and is no analyst"}});
  if (!chosen || *chosen == found.target.id) return unfit;
  const auto person = directory::find(within, *chosen);
  if (!person || !person->is_active || !domain::allows(person->role, permission::decide_content)) return unfit;
  return *chosen;
}

net::awaitable<reply<nothing>> deactivate_member(request_context& context, const sign_in_services& services,
                                                 base::uuid id, std::optional<base::uuid> successor_id) {
  const auto now = context.services.clock.now();
  auto job = [actor_id = context.principal.member_id, id, successor_id,
              now](persistence::transaction& within) -> result<nothing> {
    const auto found = find_both(within, actor_id, id);
    if (!found) return found.error();
    if (const auto refused = domain::may_deactivate(found->actor, found->target, directory::count_owners(within)))
      return to_problem(*refused);
    const auto successor = find_successor(within, *found, successor_id);
    if (!successor) return successor.error();
    persistence::handover::hand_over(within, id, *successor, actor_id, now);
    directory::set_active(within, id, false, now);
    sessions::end_all(within, id, std::nullopt, sessions::ending::deactivated, now);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(id);
  co_return nothing{};
}

net::awaitable<reply<nothing>> reactivate_member(request_context& context, const sign_in_services& services,
                                                 base::uuid id) {
  const auto now = context.services.clock.now();
  auto job = [actor_id = context.principal.member_id, id, now](persistence::transaction& within) -> result<nothing> {
    const auto found = find_both(within, actor_id, id);
    if (!found) return found.error();
    if (const auto refused = domain::may_set_role(found->actor, found->target, found->target.role))
      return to_problem(*refused);
    if (found->is_target_erased)
      return problems::conflict("erased_member", "Their data was erased. Invite them again.");
    directory::set_active(within, id, true, now);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(id);
  co_return nothing{};
}

net::awaitable<reply<nothing>> erase_member(request_context& context, base::uuid id) {
  auto job = [actor_id = context.principal.member_id, id,
              now = context.services.clock.now()](persistence::transaction& within) -> result<nothing> {
    const auto found = find_both(within, actor_id, id);
    if (!found) return found.error();
    if (const auto refused = domain::may_set_role(found->actor, found->target, found->target.role))
      return to_problem(*refused);
    if (found->is_target_active || !persistence::archive::erase(within, id, now))
      return problems::conflict("active_member", "Deactivate them first.");
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  co_return reply<nothing>{std::move(done)};
}

net::awaitable<reply<role_of_member>> set_role(request_context& context, const sign_in_services& services,
                                               role_change request) {
  auto job = [actor_id = context.principal.member_id,
              request](persistence::transaction& within) -> result<role_of_member> {
    const auto found = find_both(within, actor_id, request.user_id);
    if (!found) return found.error();
    if (const auto refused = domain::may_set_role(found->actor, found->target, request.role))
      return to_problem(*refused);
    directory::set_role(within, request.user_id, request.role);
    return role_of_member{request.user_id, request.role};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(request.user_id);
  co_return std::move(*done);
}

net::awaitable<reply<nothing>> transfer_ownership(request_context& context, const sign_in_services& services,
                                                  ownership_transfer request) {
  const auto actor_id = context.principal.member_id;
  auto job = [actor_id, request](persistence::transaction& within) -> result<nothing> {
    const auto found = find_both(within, actor_id, request.user_id);
    if (!found) return found.error();
    if (const auto refused = domain::may_transfer(found->actor, found->target)) return to_problem(*refused);
    if (!found->is_target_active)
      return problems::conflict("inactive_member", "This member is not active, so nobody would own the company.");
    directory::set_role(within, request.user_id, domain::role::owner);
    directory::set_role(within, actor_id, domain::role::admin);
    return nothing{};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(request.user_id);
  services.known.forget(actor_id);
  co_return nothing{};
}

}  // namespace

void add_org_members(route_table& table, const sign_in_services& services) {
  table.add(verb::get, "/org/members", permission::read_account, &list_members,
            "The people of my company, newest first");
  table.add(
      verb::delete_, "/org/members/{id}", permission::manage_self,
      [services](request_context& context, in_path<by_id> path, in_query<successor_query> query) {
        return deactivate_member(context, services, path->id, query->successor_id);
      },
      "Deactivate a member, or leave the company",
      {.success = 204,
       .problems = {403, 404, 409},
       .description = "Owners and admins; oneself, too, except as the last owner. The member's sessions end at once; "
                      "their past actions stay. Their unpublished content, and approvals that wait for them by name, "
                      "go to `successor_id`, or to the caller; likes and comments that wait for them are skipped."});
  table.add(verb::post, "/org/members/{id}/reactivate", permission::manage_members,
            [services](request_context& context, in_path<by_id> path) {
              return reactivate_member(context, services, path->id);
            },
            "Reactivate a deactivated member", {.success = 204, .problems = {403, 404, 409}});
  table.add(verb::post, "/org/members/{id}/erase", permission::manage_members,
            [](request_context& context, in_path<by_id> path) { return erase_member(context, path->id); },
            "Erase the personal data of a member who has left",
            {.success = 204,
             .problems = {403, 404, 409},
             .description =
                 "Deactivate them first. Their actions stay, without a name. The audit loses their addresses, devices "
                 "and their before and after values; its chain stays valid. It cannot be undone, and they cannot be "
                 "reactivated."});
  table.add(verb::put, "/users/role", permission::manage_members,
            [services](request_context& context, in_body<role_change> body) {
              return set_role(context, services, body.value);
            },
            "Give a member another role",
            {.problems = {403, 404},
             .description = "Nobody changes their own role; admins can neither change nor make owners. In force with "
                            "the member's next request."});
  table.add(verb::post, "/org/owner", permission::manage_members,
            [services](request_context& context, in_body<ownership_transfer> body) {
              return transfer_ownership(context, services, body.value);
            },
            "Make another member the owner in my place; I become an admin",
            {.success = 204, .problems = {403, 404, 409}});
}

}  // namespace pulse::http::routes
