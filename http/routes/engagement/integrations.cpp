#include "http/routes/engagement/integrations.hpp"

#include <fmt/core.h>

#include "domain/engagement/browser_session.hpp"
#include "domain/platforms/oauth.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/connecting.hpp"
#include "persistence/engagement/browser_sessions.hpp"
#include "persistence/engagement/ways.hpp"
#include "persistence/publishing/social_accounts.hpp"
#include "persistence/publishing/token_revocations.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace logins = persistence::social_accounts;
namespace revocations = persistence::token_revocations;
namespace browser = persistence::browser_sessions;
using persistence::transaction;

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
  bool is_browser_allowed = false;  // by the operator, on a machine that has the browser
  std::string browser_reason;       // why not; empty when it is
  bool is_browser_wanted = false;   // by the member
  std::string browser_risks;
  std::optional<domain::act_way> engages_by;  // how my likes and comments are sent now; none: there is no way
};
BOOST_DESCRIBE_STRUCT(integration_status, (),
                      (items, is_browser_allowed, browser_reason, is_browser_wanted, browser_risks, engages_by))

/// Members may disconnect their own account. Acts that still wait then find no token, and say so.
asio::awaitable<reply<nothing>> forget_own(request_context& context, std::string provider) {
  const revocations::disconnected what{.provider = provider,
                                       .provider_name = display_name_of(provider),
                                       .own_member = context.principal.member_id,
                                       .member_id = context.principal.member_id,
                                       .now = context.services.clock.now()};
  auto job = [what, &box = context.services.secrets](transaction& tx) {
    revocations::keep(tx, what, box);
    return logins::forget_own(tx, what.member_id, what.provider);
  };
  auto done = co_await in_transaction(context, job);
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("connection");
  co_return nothing{};
}

/// The status of acting through a browser.
integration_status browser_of(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  namespace words = domain::engagement;
  const auto word = browser::find_adapter(tx, now);
  integration_status made;
  made.is_browser_allowed = word.is_on && word.problem.empty();
  if (!word.is_on) made.browser_reason = words::browser_not_operated;
  if (word.is_on) made.browser_reason = word.problem;
  made.is_browser_wanted = browser::find(tx, member_id, now).has_value();
  made.browser_risks = words::browser_risks;
  made.engages_by = domain::choose_way(persistence::ways::find(tx, member_id, now));
  return made;
}

asio::awaitable<reply<integration_status>> show_integrations(request_context& context) {
  auto found = co_await read_all(context, logins::list_own(context.principal.member_id));
  if (!found) co_return found.error();
  auto job = [id = context.principal.member_id, now = context.services.clock.now()](transaction& tx) {
    return browser_of(tx, id, now);
  };
  auto told = co_await in_transaction(context, std::move(job));
  if (!told) co_return told.error();
  auto& made = *told;
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
  co_return std::move(made);
}

}  // namespace

void add_integrations(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(verb::get, "/integrations/status", permission::read_account, &show_integrations,
             "My own connected accounts", {.description = "Never a token or a cookie."});
  for (const auto* name : {"linkedin", "meta"}) {
    const std::string provider{name};
    routes.add(verb::get, fmt::format("/integrations/{}/auth-url", provider), permission::engage,
               [provider](request_context& context) {
                 return start_connecting(context, provider, domain::login_purpose::engage, std::nullopt);
               },
               "Begin to connect my own account",
               {.problems = {409},
                .description = "Open `authorization_url` in the browser that made this call. My likes and comments go "
                               "out as this account; no channel can use it."});
    routes.add(verb::delete_, "/integrations/" + provider, permission::engage,
               [provider](request_context& context) { return forget_own(context, provider); },
               "Disconnect my own account: its tokens are forgotten at once", {.success = 204, .problems = {404}});
    routes.add(verb::get, fmt::format("/integrations/{}/callback", provider), permission::public_,
               [provider](request_context& context) { return come_back(context, provider); },
               "The second address to which a browser may return",
               {.success = 200, .any_query = true, .media_type = "text/plain; charset=utf-8", .problems = {404}});
  }
}

}  // namespace pulse::http::routes
