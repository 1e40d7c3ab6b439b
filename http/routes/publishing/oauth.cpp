#include "http/routes/publishing/oauth.hpp"

#include <algorithm>

#include "actors/accounts/connecting.hpp"
#include "domain/platforms/oauth.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/bridges/engine_bridge.hpp"
#include "http/server/query.hpp"
#include "persistence/publishing/oauth_states.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/publishing/token_revocations.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace logins = persistence::social_accounts;
namespace revocations = persistence::token_revocations;
using persistence::transaction;

constexpr std::string_view cookie_name = "pulse_oauth";
/// Of an address that a platform sends a browser to; a longer one is none.
constexpr std::size_t longest_value = 4'096;

struct by_login {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_login, (), (id))

struct start_query {
  std::optional<base::uuid> project_id;  // a channel is made there, when the account leaves no choice
};
BOOST_DESCRIBE_STRUCT(start_query, (), (project_id))

struct oauth_start {
  std::string provider;
  std::string authorization_url;  // where the browser goes
};
BOOST_DESCRIBE_STRUCT(oauth_start, (), (provider, authorization_url))

struct instance_start_query {
  base::text<1, 300>
      instance;  // where the person signs in: "mastodon.social", its address, or the person's handle there
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(instance_start_query, (), (instance, project_id))

/// A name and a password that the person made for apps. Nothing of it is kept.
struct password_request {
  base::text<1, 255> identifier;
  base::text<1, 255> app_password;
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(password_request, (), (identifier, app_password, project_id))

enum class connect_result { connected, choose };
BOOST_DESCRIBE_ENUM(connect_result, connected, choose)

struct connected_account {
  std::string provider;
  connect_result result = connect_result::choose;  // choose: no channel was made
  int accounts = 0;
};
BOOST_DESCRIBE_STRUCT(connected_account, (), (provider, result, accounts))

/// What a company has connected at a provider, and what of it can be published as.
struct provider_connections {
  std::vector<logins::provider_login> logins;
  std::vector<logins::provider_account> accounts;
};
BOOST_DESCRIBE_STRUCT(provider_connections, (), (logins, accounts))

std::string display_name_of(const std::string& provider) {
  for (const auto& each : domain::oauth_providers()) {
    if (each.is.name == provider) return std::string{each.is.display_name};
  }
  return provider;
}

/// The cookie that binds the state to this browser. Lax, because the platform's page leads back by a link.
std::string cookie(const call& of, std::string_view value, std::int64_t seconds) {
  const bool is_secure = of.with.addresses.api_url().starts_with("https://");
  return std::string{cookie_name} + "=" + std::string{value} +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(seconds) + (is_secure ? "; Secure" : "");
}

/// The value of our cookie; empty when the browser brings none.
std::string cookie_of(const server::request& request) {
  auto rest = request.find("cookie").value_or("");
  while (!rest.empty()) {
    const auto end = std::min(rest.find(';'), rest.size());
    auto pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(cookie_name) && pair.substr(cookie_name.size()).starts_with('='))
      return std::string{pair.substr(cookie_name.size() + 1)};
  }
  return {};
}

/// Logins are the whole company's: nothing for a member, or a token, limited to projects.
std::optional<problem> refuse_limited(const call& of) {
  if (!is_limited(of.who)) return std::nullopt;
  return problems::forbidden(
      "beyond_projects",
      "Connections belong to the whole company, and you, or this token, are for some projects only.");
}

problem refuse_instance(const std::string& sentence) {
  return problems::invalid_fields({{.pointer = std::nullopt, .parameter = "instance", .detail = sentence}});
}

asio::awaitable<reply<oauth_start>> start(call& of, std::string provider, domain::login_purpose purpose,
                                          std::optional<base::uuid> project_id, std::string instance = {}) {
  if (auto refused = refuse_limited(of)) co_return std::move(*refused);
  if (of.with.connecting == nullptr)
    co_return problems::conflict("not_configured", "Accounts cannot be connected here.");
  actors::connect_request wanted{.provider = provider,
                                 .tenant_id = of.who.tenant_id,
                                 .member_id = of.who.member_id,
                                 .project_id = project_id,
                                 .purpose = purpose,
                                 .instance = std::move(instance)};
  auto begin = [&connecting = *of.with.connecting, wanted](auto done) { connecting.start(wanted, std::move(done)); };
  const auto started = co_await from_callback<actors::connect_started>(std::move(begin));
  if (started.problem && started.is_misconfigured) co_return problems::conflict("not_configured", *started.problem);
  if (started.problem && started.is_instance_wrong) co_return refuse_instance(*started.problem);
  if (started.problem) co_return problems::invalid_field("/project_id", *started.problem);
  constexpr auto life = std::chrono::duration_cast<std::chrono::seconds>(persistence::oauth_states::life);
  co_return reply<oauth_start>{oauth_start{provider, started.authorization_url}}
      .with("set-cookie", cookie(of, started.browser_key, life.count()))
      .with("cache-control", "no-store");
}

asio::awaitable<reply<connected_account>> sign_in(call& of, std::string provider, password_request given) {
  using kind = actors::connect_signed_in::kind;
  if (auto refused = refuse_limited(of)) co_return std::move(*refused);
  if (of.with.connecting == nullptr)
    co_return problems::conflict("not_configured", "Accounts cannot be connected here.");
  actors::connect_password wanted{.provider = provider,
                                  .tenant_id = of.who.tenant_id,
                                  .member_id = of.who.member_id,
                                  .project_id = given.project_id,
                                  .identifier = std::move(given.identifier.value),
                                  .password = base::secret{std::move(given.app_password.value)}};
  auto begin = [&connecting = *of.with.connecting, wanted](auto done) { connecting.sign_in(wanted, std::move(done)); };
  const auto got = co_await from_callback<actors::connect_signed_in>(std::move(begin));
  switch (got.result) {
    case kind::connected:
    case kind::choose: break;
    case kind::refused: co_return problems::invalid_field("/app_password", got.reason);
    case kind::unknown_project: co_return problems::invalid_field("/project_id", got.reason);
    case kind::not_configured: co_return problems::conflict("not_configured", got.reason);
    case kind::later: co_return problems::unavailable("platform_unavailable", got.reason, std::chrono::seconds{30});
  }
  co_await tell_engine(of);
  const auto result = got.result == kind::connected ? connect_result::connected : connect_result::choose;
  co_return reply<connected_account>{connected_account{provider, result, got.accounts}}.with("cache-control",
                                                                                             "no-store");
}

asio::awaitable<reply<document>> come_back(call& of, std::string provider) {
  if (of.with.connecting == nullptr) co_return problems::not_found("page");
  actors::connect_return back{
      .provider = std::move(provider), .state = {}, .code = {}, .error = {}, .browser_key = cookie_of(of.request)};
  if (const auto query = server::parse_query(of.request.query)) {
    for (const auto& [name, value] : *query) {
      auto* into = name == "state"   ? &back.state
                   : name == "code"  ? &back.code
                   : name == "error" ? &back.error
                                     : nullptr;
      if (into != nullptr && value.size() <= longest_value) *into = value;
    }
  }
  // Threads appends it to what it gives.
  if (back.code.ends_with("#_")) back.code.resize(back.code.size() - 2);
  auto finish = [&connecting = *of.with.connecting, back](auto done) { connecting.finish(back, std::move(done)); };
  const auto finished = co_await from_callback<actors::connect_finished>(std::move(finish));
  if (finished.tenant_id) of.with.engine.notify(*finished.tenant_id, [] {});
  co_return reply<document>{document{.body = "", .shared_body = nullptr, .media_type = {}}}
      .status(303)
      .with("location", finished.dashboard_url)
      .with("set-cookie", cookie(of, "", 0))
      .with("cache-control", "no-store")
      .with("referrer-policy", "no-referrer");
}

asio::awaitable<reply<provider_connections>> list(call& of, std::string provider) {
  if (auto refused = refuse_limited(of)) co_return std::move(*refused);
  auto job = [provider](transaction& tx) {
    provider_connections found;
    found.logins = tx.execute(logins::list, provider).all<logins::provider_login>();
    found.accounts = tx.execute(logins::list_accounts, provider).all<logins::provider_account>();
    return found;
  };
  auto found = co_await in_transaction(of, job);
  if (!found) co_return std::move(found.error());
  co_return std::move(*found);
}

asio::awaitable<reply<nothing>> disconnect(call& of, std::string provider, base::uuid id) {
  if (auto refused = refuse_limited(of)) co_return std::move(*refused);
  const revocations::disconnected what{.provider = provider,
                                       .provider_name = display_name_of(provider),
                                       .login_id = id,
                                       .member_id = of.who.member_id,
                                       .now = of.with.clock.now()};
  auto job = [provider, id, what, &box = of.with.secrets](transaction& tx) -> outcome<nothing> {
    const auto now = what.now;
    revocations::keep(tx, what, box);
    if (!logins::disconnect(tx, id, provider, now)) return problems::not_found("connection");
    return nothing{};
  };
  auto done = co_await in_transaction(of, job);
  if (!done) co_return std::move(done.error());
  co_await tell_engine(of);
  co_return nothing{};
}

// --- /integrations ---------------------------------------------------------------------------------------------------

/// A member's own login at a provider.
struct integration {
  std::string provider;
  bool is_connected = false;
  std::optional<std::string> name;
  std::optional<base::timestamp> expires_at;
  bool needs_reconnect = false;
  std::optional<std::string> problem;
};
BOOST_DESCRIBE_STRUCT(integration, (), (provider, is_connected, name, expires_at, needs_reconnect, problem))

struct integration_status {
  std::vector<integration> items;
  bool is_browser_allowed = false;
  std::string browser_reason;
};
BOOST_DESCRIBE_STRUCT(integration_status, (), (items, is_browser_allowed, browser_reason))

constexpr std::string_view browser_is_off =
    "Acting through a browser with a session's cookies is against LinkedIn's terms and can cost the member their "
    "account. Whoever runs this "
    "service has not switched it on; likes and comments go through LinkedIn's API.";

/// What the replaced system takes; none of it is read here.
struct session_request {
  std::optional<base::text<0, 8'192>> li_at;
  std::optional<base::text<0, 8'192>> email;
  std::optional<base::text<0, 1'024>> password;
  std::optional<base::text<0, 64>> code;
};
BOOST_DESCRIBE_STRUCT(session_request, (), (li_at, email, password, code))

reply<nothing> refuse_session(call&, in_body<std::optional<session_request>>) {
  return problems::forbidden("browser_adapter_off", std::string{browser_is_off});
}
reply<nothing> refuse_session_status(call&) {
  return problems::forbidden("browser_adapter_off", std::string{browser_is_off});
}

/// What a member connected is theirs to take away; what waits to go out finds no tokens any more and says so.
asio::awaitable<reply<nothing>> forget_own(call& of, std::string provider) {
  const revocations::disconnected what{.provider = provider,
                                       .provider_name = display_name_of(provider),
                                       .own_member = of.who.member_id,
                                       .member_id = of.who.member_id,
                                       .now = of.with.clock.now()};
  auto job = [what, &box = of.with.secrets](transaction& tx) {
    revocations::keep(tx, what, box);
    return logins::forget_own(tx, what.member_id, what.provider);
  };
  auto done = co_await in_transaction(of, job);
  if (!done) co_return std::move(done.error());
  if (!*done) co_return problems::not_found("connection");
  co_return nothing{};
}

asio::awaitable<reply<integration_status>> show_integrations(call& of) {
  integration_status made;
  auto found = co_await read_all<logins::own_login>(of, logins::list_own, of.who.member_id);
  if (!found) co_return std::move(found.error());
  for (const auto& each : domain::oauth_providers()) {
    integration one{.provider = std::string{each.is.name},
                    .is_connected = false,
                    .name = {},
                    .expires_at = {},
                    .needs_reconnect = false,
                    .problem = {}};
    for (const auto& login : *found) {
      if (login.platform != one.provider || one.is_connected) continue;
      one = {one.provider, !login.needs_reconnect, login.name, login.expires_at, login.needs_reconnect, login.problem};
    }
    made.items.push_back(std::move(one));
  }
  made.browser_reason = browser_is_off;
  co_return std::move(made);
}

#define PULSE_WAY_BACK                                                                                                 \
  "Open `authorization_url` in the browser that made this call: a cookie binds the two. The way back is good once "    \
  "and "                                                                                                               \
  "for ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), " \
  "`reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose " \
  "among the connections."

constexpr std::string_view way_back = PULSE_WAY_BACK;
constexpr std::string_view way_back_from_instance =
    "`instance` is where the person signs in; an app is registered there first, once. " PULSE_WAY_BACK;

#undef PULSE_WAY_BACK

void add_callback(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, "/channels/" + name + "/oauth/callback", domain::permission::public_,
             [name](call& of) { return come_back(of, name); }, "Where " + people + " sends a browser back",
             {.success = 200, .any_query = true, .media_type = "text/plain; charset=utf-8", .problems = {404}});
}

void add_page(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, "/channels/" + name + "/oauth/start", domain::permission::manage_channels,
             [name](call& of, in_query<start_query> query) {
               return start(of, name, domain::login_purpose::publish, query->project_id);
             },
             "Begin to connect an account at " + people, {.problems = {409}, .description = way_back});
  add_callback(routes, name, people);
}

void add_instance_page(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(server::verb::get, "/channels/" + name + "/oauth/start", domain::permission::manage_channels,
             [name](call& of, in_query<instance_start_query> query) {
               return start(of, name, domain::login_purpose::publish, query->project_id, query->instance.value);
             },
             "Begin to connect an account at an instance of " + people,
             {.problems = {409}, .description = way_back_from_instance});
  add_callback(routes, name, people);
}

void add_app_password(route_table& routes, const std::string& name, const std::string& people) {
  routes.add(
      server::verb::post, "/channels/" + name + "/connect", domain::permission::manage_channels,
      [name](call& of, in_body<password_request> body) { return sign_in(of, name, std::move(body.value)); },
      "Connect an account at " + people + " by its name and a password for apps",
      {.success = 200,
       .problems = {409, 503},
       .description =
           "The password is sent to the account's server once, for a session, and never kept. With `project_id` the "
           "account's channel is made at once."});
}

}  // namespace

void add_integrations(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/integrations/status", permission::read_account, &show_integrations,
             "What I have connected of my own", {.description = "Never a token or a cookie."});
  for (const auto* name : {"linkedin", "meta"}) {
    const std::string provider{name};
    routes.add(verb::get, "/integrations/" + provider + "/auth-url", permission::engage,
               [provider](call& of) { return start(of, provider, domain::login_purpose::engage, std::nullopt); },
               "Begin to connect my own account",
               {.problems = {409},
                .description = "Open `authorization_url` in the browser that made this call. What I like and say goes "
                               "out as this account, and no channel can be made of it."});
    routes.add(verb::delete_, "/integrations/" + provider, permission::engage,
               [provider](call& of) { return forget_own(of, provider); },
               "Disconnect my own account: its tokens are forgotten at once", {.success = 204, .problems = {404}});
    routes.add(verb::get, "/integrations/" + provider + "/callback", permission::public_,
               [provider](call& of) { return come_back(of, provider); }, "Where a browser may be sent back, too",
               {.success = 200, .any_query = true, .media_type = "text/plain; charset=utf-8", .problems = {404}});
  }
  for (const auto* path : {"/integrations/linkedin/session-cookies", "/integrations/linkedin/login-start",
                           "/integrations/linkedin/login-verify"}) {
    routes.add(verb::post, path, permission::engage, &refuse_session, "Act through a browser: switched off here",
               {.success = 204, .problems = {403}});
  }
  routes.add(verb::get, "/integrations/linkedin/session-status", permission::engage, &refuse_session_status,
             "Whether I act through a browser: switched off here", {.success = 204, .problems = {403}});
}

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
    routes.add(verb::get, at + "/connections", permission::read_channels, [name](call& of) { return list(of, name); },
               "List what is connected at " + people + ", and what can be published as",
               {.description = "Make a channel of one of `accounts` with its id as `account_id` in POST /channels."});
    routes.add(verb::delete_, at + "/connections/{id}", permission::manage_channels,
               [name](call& of, in_path<by_login> path) { return disconnect(of, name, path->id); },
               "Disconnect an account at " + people + ": its tokens are forgotten, and its channels switched off",
               {.success = 204, .problems = {404}});
  }
}

}  // namespace pulse::http::routes
