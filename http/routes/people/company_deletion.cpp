#include "http/routes/people/company_deletion.hpp"

#include <spdlog/spdlog.h>

#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/people/confirmation.hpp"
#include "persistence/people/company_deletion.hpp"
#include "persistence/people/directory.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/tenant_lock.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace deletion = persistence::company_deletion;
namespace directory = persistence::directory;
using domain::permission;
using server::verb;

struct deletion_query {
  base::text<1, 200> name;  // the company's name, as it is written
};
BOOST_DESCRIBE_STRUCT(deletion_query, (), (name))

struct deleted_company {
  base::timestamp deleted_at;
  std::int64_t withdrawn = 0;  // posts to a channel that waited and do not go out
  std::int64_t under_way = 0;  // posts to a channel that were going out: their attempt ends as it ends
};
BOOST_DESCRIBE_STRUCT(deleted_company, (), (deleted_at, withdrawn, under_way))

problem owners_only() {
  return problems::forbidden("owners_only", "Only an owner deletes the company. Ask an owner of your company.");
}

/// Why the caller may not, as they are now: members are locked until the transaction ends.
std::optional<problem> refuse_deletion(persistence::transaction& within, const request_context& context,
                                       const std::string& name, base::timestamp now) {
  if (auto refused = refuse_unconfirmed(within, context, now)) return refused;
  directory::lock_people(within);
  const auto actor = directory::find(within, context.principal.member_id);
  if (!actor || !actor->is_active || actor->role != domain::role::owner) return owners_only();
  const auto company = persistence::members::find_company().first(within);
  if (company && company->name == name) return std::nullopt;
  return problems::invalid_fields(
      {{.parameter = "name", .detail = "must be the name of your company, as it is written"}});
}

net::awaitable<reply<deleted_company>> delete_company(request_context& context, const sign_in_services& services,
                                                      std::string name) {
  if (context.principal.role != domain::role::owner) co_return owners_only();
  const auto now = context.services.clock.now();
  auto job = [&context, name = std::move(name), now](persistence::transaction& within) -> result<deletion::closing> {
    // The first lock, as of all commands that change what a claim may see.
    persistence::lock_tenant(within);
    if (auto refused = refuse_deletion(within, context, name, now)) return std::move(*refused);
    auto closed = deletion::close(within, now);
    if (!closed) return owners_only();  // it was deleted at the same moment, and nobody owns it any more
    return *closed;
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(context.principal.tenant_id);
  spdlog::warn("The company {} was deleted by its owner {}: request={}", base::to_string(context.principal.tenant_id),
               base::to_string(context.principal.member_id), context.request.id);
  context.services.engine.notify(context.principal.tenant_id, [] {});
  auto gone = services.browsers.forget(context.request);
  co_return reply<deleted_company>{deleted_company{now, done->withdrawn, done->under_way}}.with(gone.name,
                                                                                                std::move(gone.value));
}

}  // namespace

void add_company_deletion(route_table& table, const sign_in_services& services) {
  table.add(
      verb::delete_, "/org", permission::manage_members,
      [services](request_context& context, in_query<deletion_query> query) {
        return delete_company(context, services, std::move(query.value.name.value));
      },
      "Delete my company with all that it has",
      {.problems = {403},
       .description =
           "Owners only, with the company's `name` as it is written, and within ten minutes of a sign-in or of POST "
           "/auth/confirm. At once nothing that waits goes out any more, nobody is let in, and sessions, tokens, "
           "feeds, "
           "links and live streams end. What is going out just then goes on, and the answer says how much that is. "
           "Then, within a minute, or once that has ended, its rows are erased: people, posts, accounts with their "
           "tokens, figures, and what is personal of its audit, whose chain stays valid. What was published stays at "
           "the platforms, which are not asked to revoke the tokens. It cannot be undone."});
}

}  // namespace pulse::http::routes
