#include "http/routes/publishing/oauth.hpp"

#include <fmt/core.h>

#include "domain/platforms/oauth.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/routes/publishing/connecting.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/publishing/token_revocations.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace logins = persistence::social_accounts;
namespace revocations = persistence::token_revocations;
using persistence::transaction;

struct by_login {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_login, (), (id))

struct start_query {
  std::optional<base::uuid> project_id;  // if the account leaves no choice, its channel is made in this project
};
BOOST_DESCRIBE_STRUCT(start_query, (), (project_id))

struct instance_start_query {
  base::text<1, 300> instance;  // the person's server: "mastodon.social", its address, or the person's handle there
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(instance_start_query, (), (instance, project_id))

/// A company's connections at a provider, and the accounts that can become channels.
struct provider_connections {
  std::vector<logins::provider_login> logins;
  std::vector<logins::provider_account> accounts;
};
BOOST_DESCRIBE_STRUCT(provider_connections, (), (logins, accounts))

asio::awaitable<reply<provider_connections>> list(request_context& context, std::string provider) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  auto job = [provider](transaction& tx) {
    provider_connections found;
    found.logins = logins::list(provider).all(tx);
    found.accounts = logins::list_accounts(provider).all(tx);
    return found;
  };
  auto found = co_await in_transaction(context, job);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

asio::awaitable<reply<nothing>> disconnect(request_context& context, std::string provider, base::uuid id) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  const revocations::disconnected what{.provider = provider,
                                       .provider_name = display_name_of(provider),
                                       .login_id = id,
                                       .member_id = context.principal.member_id,
                                       .now = context.services.clock.now()};
  auto job = [provider, id, what, &box = context.services.secrets](transaction& tx) -> result<nothing> {
    const auto now = what.now;
    revocations::keep(tx, what, box);
    if (!logins::disconnect(tx, id, provider, now)) return problems::not_found("connection");
    return nothing{};
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  co_await notify_engine(context);
  co_return nothing{};
}

#define PULSE_WAY_BACK                                                                                               \
  "Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once "      \
  "within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, "      \
  "`error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; " \
  "else choose among the connections."

constexpr std::string_view way_back = PULSE_WAY_BACK;
constexpr std::string_view way_back_from_instance =
    "`instance` is the server where the person signs in; Pulse registers its app there first, once. " PULSE_WAY_BACK;

#undef PULSE_WAY_BACK

void add_callback(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, fmt::format("/channels/{}/oauth/callback", name), domain::permission::public_,
             [name](request_context& context) { return come_back(context, name); },
             fmt::format("The address to which {} returns a browser", people),
             {.success = 200, .any_query = true, .media_type = "text/plain; charset=utf-8", .problems = {404}});
}

void add_page(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, fmt::format("/channels/{}/oauth/start", name), domain::permission::manage_channels,
             [name](request_context& context, in_query<start_query> query) {
               return start_connecting(context, name, domain::login_purpose::publish, query->project_id);
             },
             "Begin to connect an account at " + people, {.problems = {409}, .description = way_back});
  add_callback(routes, name, people);
}

void add_instance_page(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, fmt::format("/channels/{}/oauth/start", name), domain::permission::manage_channels,
             [name](request_context& context, in_query<instance_start_query> query) {
               return start_connecting(context, name, domain::login_purpose::publish, query->project_id,
                                       query->instance.value);
             },
             "Begin to connect an account at an instance of " + people,
             {.problems = {409}, .description = way_back_from_instance});
  add_callback(routes, name, people);
}

void add_app_password(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(
      server::verb::post, fmt::format("/channels/{}/connect", name), domain::permission::manage_channels,
      [name](request_context& context, in_body<password_request> body) {
        return connect_by_password(context, name, std::move(body.value));
      },
      fmt::format("Connect an account at {} with its name and an app password", people),
      {.success = 200,
       .problems = {409, 503},
       .description =
           "The password is sent to the account's server once, for a session, and never stored. With `project_id` the "
           "account's channel is made at once."});
}

}  // namespace

void add_oauth(route_table& routes) {
  using domain::permission;
  using server::verb;
  for (const auto& each : domain::oauth_providers()) {
    const std::string name{each.is.name};
    const std::string at = "/channels/" + name;
    const std::string people{each.is.display_name};
    switch (each.is.way) {
      case domain::connect_way::page: add_page(routes, name, people); break;
      case domain::connect_way::instance_page: add_instance_page(routes, name, people); break;
      case domain::connect_way::app_password: add_app_password(routes, name, people); break;
    }
    routes.add(
        verb::get, at + "/connections", permission::read_channels,
        [name](request_context& context) { return list(context, name); },
        fmt::format("List the connections at {}, and the accounts that can become channels", people),
        {.description = "To make a channel of one of `accounts`, give its id as `account_id` to POST /channels."});
    routes.add(
        verb::delete_, at + "/connections/{id}", permission::manage_channels,
        [name](request_context& context, in_path<by_login> path) { return disconnect(context, name, path->id); },
        fmt::format("Disconnect an account at {}: its tokens are deleted, and its channels switched off", people),
        {.success = 204, .problems = {404}});
  }
}

}  // namespace pulse::http::routes
