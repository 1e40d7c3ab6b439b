#include "http/routes/publishing/provider_apps.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/platforms/checkup.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/publishing/provider_apps.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace apps = persistence::provider_apps;
using persistence::transaction;

struct by_provider {
  base::text<1, 64> provider;
};
BOOST_DESCRIBE_STRUCT(by_provider, (), (provider))

struct provider_app_request {
  base::text<1, 255> client_id;
  base::text<1, 1024> client_secret;  // never shown again
};
BOOST_DESCRIBE_STRUCT(provider_app_request, (), (client_id, client_secret))

/// A provider that supports own apps, and the company's app there, if it has one.
struct provider_app {
  std::string provider;
  std::string display_name;
  std::optional<std::string> client_id;  // none: the installation's is used
  std::optional<base::timestamp> updated_at;
};
BOOST_DESCRIBE_STRUCT(provider_app, (), (provider, display_name, client_id, updated_at))

struct provider_app_list {
  std::vector<provider_app> items;
};
BOOST_DESCRIBE_STRUCT(provider_app_list, (), (items))

std::optional<domain::oauth_provider> provider_with_app(const std::string& name) {
  for (const auto& each : domain::oauth_providers()) {
    if (each.is.name == name && domain::has_console(each.is)) return each.is;
  }
  return std::nullopt;
}

bool is_printable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

asio::awaitable<reply<provider_app_list>> list(request_context& context) {
  auto found = co_await read_all(context, apps::list());
  if (!found) co_return found.error();
  provider_app_list made;
  for (const auto& each : domain::oauth_providers()) {
    if (!domain::has_console(each.is)) continue;
    provider_app one{std::string{each.is.name}, std::string{each.is.display_name}, std::nullopt, std::nullopt};
    for (const auto& own : *found) {
      if (own.provider != one.provider) continue;
      one.client_id = own.client_id;
      one.updated_at = own.updated_at;
    }
    made.items.push_back(std::move(one));
  }
  co_return std::move(made);
}

asio::awaitable<reply<provider_app>> put(request_context& context, in_path<by_provider> path,
                                         in_body<provider_app_request> body) {
  const auto provider = provider_with_app(path->provider.value);
  if (!provider) co_return problems::not_found("provider");
  if (!is_printable(body->client_id.value))
    co_return problems::invalid_field("/client_id", "must be printable ASCII without spaces");
  if (!is_printable(body->client_secret.value))
    co_return problems::invalid_field("/client_secret", "must be printable ASCII without spaces");
  const auto now = context.services.clock.now();
  const apps::app_key app{body->client_id.value, base::secret{body->client_secret.value}};
  auto job = [name = std::string{provider->name}, app, now, &box = context.services.secrets](transaction& tx) {
    apps::store(tx, name, app, box, now);
    return true;
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return provider_app{std::string{provider->name}, std::string{provider->display_name}, app.client_id, now};
}

asio::awaitable<reply<nothing>> remove(request_context& context, in_path<by_provider> path) {
  auto job = [name = path->provider.value](transaction& tx) -> result<nothing> {
    if (const auto logins = apps::count_logins(tx, name); logins > 0) {
      return problems::conflict("app_in_use", fmt::format("{}{} connected with this app. Disconnect them first.",
                                                          logins, logins == 1 ? " login was" : " logins were"));
    }
    if (!apps::remove(tx, name)) return problems::not_found("app");
    return nothing{};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_return nothing{};
}

}  // namespace

void add_provider_apps(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/provider-apps", permission::operate, &list,
             "List the providers, with the company's own apps at them",
             {.description = "Without an own app, accounts are connected through the installation's app."});
  routes.add(
      verb::put, "/provider-apps/{provider}", permission::operate, &put,
      "Connect accounts at a provider through the company's own app",
      {.problems = {404},
       .description =
           "The secret is encrypted and never shown again. Accounts connected from now on use this app, and also when "
           "their tokens are renewed. Accounts connected already stay with the app that they were connected with until "
           "they are connected again. The redirect URI and the scopes are the installation's: the app must allow "
           "them."});
  routes.add(verb::delete_, "/provider-apps/{provider}", permission::operate, &remove,
             "Connect accounts through the installation's app again",
             {.success = 204, .problems = {404, 409}, .description = "409 while accounts use it."});
}

}  // namespace pulse::http::routes
