#include "http/routes/people/api_tokens.hpp"

#include <algorithm>

#include "domain/platforms/unicode.hpp"
#include "http/api/services.hpp"
#include "http/auth/api_tokens.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/api_tokens.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace rows = persistence::api_tokens;
using domain::permission;
using rows::api_token;
using server::verb;

constexpr int days_good = 90;
constexpr std::size_t projects_max = 100;
constexpr std::size_t shown_characters = 4;

struct create_api_token_request {
  base::text<1, 80> name;
  std::vector<permission> scopes;
  std::optional<std::vector<base::uuid>> project_ids;        // left out or empty: all
  std::optional<base::bounded_int<1, 366>> expires_in_days;  // default: 90
};
BOOST_DESCRIBE_STRUCT(create_api_token_request, (), (name, scopes, project_ids, expires_in_days))

struct made_api_token {
  std::string token;  // shown only once
  api_token details;
};
BOOST_DESCRIBE_STRUCT(made_api_token, (), (token, details))

struct api_token_list {
  std::vector<api_token> items;
};
BOOST_DESCRIBE_STRUCT(api_token_list, (), (items))

std::optional<problem> check(const create_api_token_request& request, const std::vector<base::uuid>& projects,
                             domain::role role) {
  if (request.scopes.empty()) return problems::invalid_field("/scopes", "must name what the token is for");
  if (projects.size() > projects_max) return problems::invalid_field("/project_ids", "must be at most 100");
  for (std::size_t i = 0; i < request.scopes.size(); ++i) {
    const auto place = "/scopes/" + std::to_string(i);
    const auto one = request.scopes[i];
    if (!is_scope(one)) return problems::invalid_field(place, "is not for tokens");
    if (!projects.empty() && !is_scope_of_projects(one))
      return problems::invalid_field(place, "reaches beyond single projects: leave out project_ids, or this scope");
    if (!domain::allows(role, one)) return problems::invalid_field(place, "is more than your own role includes");
  }
  return std::nullopt;
}

net::awaitable<reply<made_api_token>> create_token(request_context& context, create_api_token_request request) {
  auto projects = request.project_ids.value_or(std::vector<base::uuid>{});
  std::sort(projects.begin(), projects.end());
  projects.erase(std::unique(projects.begin(), projects.end()), projects.end());
  if (domain::is_blank(request.name.value)) co_return problems::invalid_field("/name", "must not be blank");
  if (auto wrong = check(request, projects, context.principal.role)) co_return std::move(*wrong);
  const auto now = context.services.clock.now();
  const auto days = request.expires_in_days ? static_cast<int>(request.expires_in_days->value) : days_good;
  const auto token = make_api_token();
  const api_token made{.id = base::new_uuid(now),
                       .name = request.name.value,
                       .ends_with = token.substr(token.size() - shown_characters),
                       .scopes = request.scopes,
                       .project_ids = projects,
                       .created_at = now,
                       .expires_at = now + std::chrono::hours{24 * days},
                       .last_used_at = std::nullopt,
                       .last_used_address = std::nullopt};
  const persistence::bytes hash{std::string{base::as_text(base::sha256(token))}};
  auto job = [made, hash,
              member_id = context.principal.member_id](persistence::transaction& within) -> result<nothing> {
    if (rows::count_projects(within, made.project_ids) != made.project_ids.size())
      return problems::invalid_field("/project_ids", "names a project that is not there");
    if (!rows::insert(within, made, member_id, hash))
      return problems::conflict("too_many_tokens", "You have 50 tokens. Revoke one first.");
    return nothing{};
  };
  auto stored = co_await in_transaction(context, std::move(job));
  if (!stored) co_return stored.error();
  co_return made_api_token{token, made};
}

net::awaitable<reply<api_token_list>> list_tokens(request_context& context) {
  auto found = co_await read_all(context, rows::list(context.principal.member_id, context.services.clock.now()));
  if (!found) co_return found.error();
  co_return api_token_list{std::move(*found)};
}

net::awaitable<reply<nothing>> revoke_token(request_context& context, const sign_in_services& services, base::uuid id) {
  const auto now = context.services.clock.now();
  auto job = [id, member_id = context.principal.member_id, now](persistence::transaction& within) {
    return rows::revoke(within, id, member_id, now);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("token");
  services.known.forget(id);
  co_return nothing{};
}

}  // namespace

void add_api_tokens(route_table& table, const sign_in_services& services) {
  table.add(verb::post, "/auth/tokens", permission::manage_self,
            [](request_context& context, in_body<create_api_token_request> body) {
              return create_token(context, std::move(body.value));
            },
            "Make a token for a script; it is shown only once",
            {.success = 201,
             .problems = {409},
             .description = "A token may do what both its scopes and its member's role allow, in "
                            "the named projects, or in all. Send it as `Authorization: Bearer pulse_…`.",
             .no_store = true});
  table.add(verb::get, "/auth/tokens", permission::manage_self, &list_tokens, "My tokens for scripts, newest first");
  table.add(
      verb::delete_, "/auth/tokens/{id}", permission::manage_self,
      [services](request_context& context, in_path<by_id> path) { return revoke_token(context, services, path->id); },
      "Revoke a token: it is refused at once", {.success = 204, .problems = {404}});
}

}  // namespace pulse::http::routes
