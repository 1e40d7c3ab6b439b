#include "http/routes/people/admin.hpp"

#include <spdlog/spdlog.h>

#include "domain/platforms/unicode.hpp"
#include "http/api/pagination.hpp"
#include "http/api/services.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/people/companies.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace companies = persistence::companies;
using companies::organization;
using domain::permission;
using server::verb;

constexpr std::chrono::hours lately{24 * 30};

struct organization_details {
  organization org;
  std::vector<companies::organization_person> people;  // the first 200
};
BOOST_DESCRIBE_STRUCT(organization_details, (), (org, people))

struct suspension {
  base::text<1, 500> reason;
};
BOOST_DESCRIBE_STRUCT(suspension, (), (reason))

net::awaitable<reply<page<organization>>> list_companies(request_context& context, in_query<page_request> query) {
  auto found = co_await read_all_of(context, std::nullopt, companies::list(bounds_of(query.value)));
  if (!found) co_return found.error();
  co_return reply_page(context, make_page(std::move(*found), query.value, key_of_created<organization>));
}

net::awaitable<result<organization>> find_company(request_context& context, base::uuid id) {
  auto found = co_await read_first_of(context, std::nullopt, companies::find(id));
  if (!found) co_return found.error();
  if (!*found) co_return problems::not_found("company");
  co_return std::move(**found);
}

net::awaitable<reply<organization_details>> show_company(request_context& context, in_path<by_id> path) {
  auto found = co_await find_company(context, path->id);
  if (!found) co_return found.error();
  auto people = co_await read_all_of(context, std::nullopt, companies::list_people(path->id));
  if (!people) co_return people.error();
  // The company's own audit records this read.
  auto look = [](persistence::transaction&) {};
  auto told = co_await in_transaction(context, path->id, std::move(look));
  if (!told) co_return told.error();
  co_return organization_details{std::move(*found), std::move(*people)};
}

net::awaitable<reply<companies::platform_stats>> show_stats(request_context& context) {
  const auto since = context.services.clock.now() - lately;
  auto found = co_await read_first_of(context, std::nullopt, companies::count(since));
  if (!found) co_return found.error();
  co_return found->value_or(companies::platform_stats{});
}

net::awaitable<reply<organization>> set_suspended(request_context& context, const sign_in_services& services,
                                                  base::uuid id, std::optional<base::timestamp> at,
                                                  std::string reason) {
  if (id == context.principal.tenant_id && at)
    co_return problems::conflict("own_company", "That is your own company: nobody could resume it.");
  if (at && domain::is_blank(reason)) co_return problems::invalid_field("/reason", "must not be blank: say why");
  auto before = co_await find_company(context, id);
  if (!before) co_return before.error();
  if (before->deleted_at)
    co_return problems::conflict("company_deleted", "This company was deleted by its owner, for good.");
  auto job = [id, at, reason = std::move(reason)](persistence::transaction& within) {
    return companies::suspend(within, id, at, reason);
  };
  auto done = co_await in_transaction(context, id, std::move(job));
  if (!done) co_return done.error();
  services.known.forget(id);
  auto found = co_await find_company(context, id);
  if (!found) co_return found.error();
  spdlog::warn("The company {} was {} by the platform's administrator {}: request={}", base::to_string(id),
               at ? "suspended" : "resumed", base::to_string(context.principal.member_id), context.request.id);
  context.services.engine.notify(id, [] {});
  co_return std::move(*found);
}

}  // namespace

void add_admin(route_table& table, const sign_in_services& services) {
  table.add(verb::get, "/admin/orgs", permission::administer_platform, &list_companies,
            "All companies of this installation, newest first");
  table.add(verb::get, "/admin/orgs/{id}", permission::administer_platform, &show_company, "A company and its people",
            {.problems = {404}, .description = "The company's audit records this read.", .audit = audit_rule::always});
  table.add(verb::get, "/admin/stats", permission::administer_platform, &show_stats, "Figures of the installation");
  table.add(verb::post, "/admin/orgs/{id}/suspend", permission::administer_platform,
            [services](request_context& context, in_path<by_id> path, in_body<suspension> body) {
              return set_suspended(context, services, path->id, context.services.clock.now(),
                                   std::move(body.value.reason.value));
            },
            "Suspend a company: its people cannot sign in, and nothing starts", {.problems = {404, 409}});
  table.add(verb::post, "/admin/orgs/{id}/resume", permission::administer_platform,
            [services](request_context& context, in_path<by_id> path) {
              return set_suspended(context, services, path->id, std::nullopt, {});
            },
            "Resume a suspended company", {.problems = {404, 409}});
}

}  // namespace pulse::http::routes
