#include "http/routes/engagement/browser_session.hpp"

#include <algorithm>
#include <utility>

#include "domain/engagement/browser_session.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/connecting.hpp"
#include "persistence/engagement/browser_logins.hpp"
#include "persistence/engagement/browser_sessions.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace logins = persistence::browser_logins;
namespace sessions = persistence::browser_sessions;
namespace limits = domain::engagement;
using persistence::transaction;

/// A sign-in as its member sees it.
struct browser_login {
  base::uuid login_id;
  limits::login_state state = limits::login_state::starting;
  std::optional<limits::login_failure> reason;
  std::string sentence;         // what happened, and what to do; empty while it goes on
  bool was_code_wrong = false;  // the last code was wrong: give another one
  base::timestamp started_at;
  base::timestamp ends_at;  // when the sign-in times out
};
BOOST_DESCRIBE_STRUCT(browser_login, (), (login_id, state, reason, sentence, was_code_wrong, started_at, ends_at))

struct browser_session_status {
  bool is_connected = false;
  std::optional<sessions::session_origin> origin;
  std::optional<base::timestamp> connected_at;
  std::optional<base::timestamp> expires_at;
  std::optional<std::string> problem;  // why Pulse ended it; the member must sign in again
  std::optional<base::timestamp> ended_at;
  std::optional<browser_login> login;  // the latest one, for a day
};
BOOST_DESCRIBE_STRUCT(browser_session_status, (),
                      (is_connected, origin, connected_at, expires_at, problem, ended_at, login))

struct browser_switch {
  bool is_allowed = false;
};
BOOST_DESCRIBE_STRUCT(browser_switch, (), (is_allowed))

struct browser_cookie_request {
  base::text<1, 8'192> li_at;
};
BOOST_DESCRIBE_STRUCT(browser_cookie_request, (), (li_at))

struct browser_login_request {
  base::text<1, 320> email;
  base::text<1, 1'024> password;
};
BOOST_DESCRIBE_STRUCT(browser_login_request, (), (email, password))

struct browser_code_request {
  base::uuid login_id;
  base::text<1, 64> code;
};
BOOST_DESCRIBE_STRUCT(browser_code_request, (), (login_id, code))

browser_login shown(const logins::login& one) {
  return {.login_id = one.id,
          .state = one.state,
          .reason = one.reason,
          .sentence = one.reason ? std::string{limits::sentence(*one.reason)} : std::string{},
          .was_code_wrong = one.state == limits::login_state::needs_code && one.was_wrong,
          .started_at = one.started_at,
          .ends_at = one.ends_at};
}

/// 403 where the operator has switched the browser off, or the installation lacks it.
std::optional<problem> refuse_by_operator(transaction& tx, base::timestamp now) {
  const auto word = sessions::find_adapter(tx, now);
  if (!word.is_on) return problems::forbidden("browser_adapter_off", limits::browser_not_operated);
  if (!word.problem.empty()) return problems::forbidden("browser_not_installed", word.problem);
  return std::nullopt;
}

/// The member's session, where both have switched it on.
result<sessions::session> find_session(transaction& tx, const base::uuid& member_id, base::timestamp now) {
  if (auto refused = refuse_by_operator(tx, now)) return std::move(*refused);
  auto found = sessions::find(tx, member_id, now);
  if (!found) return problems::forbidden("browser_not_allowed", limits::browser_not_wanted);
  return std::move(*found);
}

browser_session_status status_of(transaction& tx, const sessions::session& of, const base::uuid& member_id,
                                 base::timestamp now) {
  browser_session_status made{.is_connected = of.origin.has_value(),
                              .origin = of.origin,
                              .connected_at = of.connected_at,
                              .expires_at = of.expires_at,
                              .problem = of.problem,
                              .ended_at = of.ended_at,
                              .login = {}};
  if (const auto last = logins::find_last(tx, member_id, now)) made.login = shown(*last);
  return made;
}

net::awaitable<reply<browser_session_status>> show_status(request_context& context) {
  auto job = [id = context.principal.member_id,
              now = context.services.clock.now()](transaction& tx) -> result<browser_session_status> {
    const auto session = find_session(tx, id, now);
    if (!session) return session.error();
    return status_of(tx, *session, id, now);
  };
  auto found = co_await in_transaction(context, std::move(job));
  if (!found) co_return found.error();
  co_return std::move(*found);
}

/// Switching off is allowed even where the operator has disabled the browser.
net::awaitable<reply<browser_switch>> set_switch(request_context& context, in_body<browser_switch> body) {
  if (auto refused = body->is_allowed ? refuse_limited(context) : std::nullopt) co_return std::move(*refused);
  auto job = [id = context.principal.member_id, is_allowed = body->is_allowed,
              now = context.services.clock.now()](transaction& tx) -> result<browser_switch> {
    if (!is_allowed) {
      sessions::disallow(tx, id);
      return browser_switch{false};
    }
    if (auto refused = refuse_by_operator(tx, now)) return std::move(*refused);
    sessions::allow(tx, id, now);
    return browser_switch{true};
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

bool is_cookie_value(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != ';' && c != ',' && c != '"' && c != '\\'; });
}

net::awaitable<reply<browser_session_status>> hand_over(request_context& context,
                                                        in_body<browser_cookie_request> body) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  if (!is_cookie_value(body->li_at.value))
    co_return problems::invalid_field("/li_at", "must be the value of a cookie, without its name");
  auto job = [id = context.principal.member_id, li_at = base::secret{body->li_at.value},
              now = context.services.clock.now(),
              &box = context.services.secrets](transaction& tx) -> result<browser_session_status> {
    const auto session = find_session(tx, id, now);
    if (!session) return session.error();
    sessions::store_cookies(tx, session->id, {li_at, {}}, sessions::session_origin::handed_over,
                            base::timestamp{now + limits::session_term}, box, now);
    const auto kept = find_session(tx, id, now);
    if (!kept) return kept.error();
    return status_of(tx, *kept, id, now);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

net::awaitable<reply<nothing>> forget(request_context& context) {
  auto job = [id = context.principal.member_id](transaction& tx) { return sessions::forget_cookies(tx, id); };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  if (!*done) co_return problems::not_found("session");
  co_return nothing{};
}

problem one_at_a_time(bool is_own) {
  return problems::conflict("login_running",
                            is_own ? "Your sign-in is under way. Finish or stop it first."
                                   : "Somebody else of your company is signing in. Try again in 5 minutes.");
}

net::awaitable<reply<browser_login>> start_login(request_context& context, in_body<browser_login_request> body) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  logins::credentials given{body->email.value, base::secret{body->password.value}};
  auto job = [id = context.principal.member_id, given = std::move(given), now = context.services.clock.now(),
              &box = context.services.secrets](transaction& tx) -> result<browser_login> {
    const auto session = find_session(tx, id, now);
    if (!session) return session.error();
    const auto last = logins::find_last(tx, id, now);
    if (last && !limits::is_over(last->state)) return one_at_a_time(true);
    const auto begun = logins::begin(tx, id, session->id, given, box, now);
    if (!begun)
      return problems::too_many_requests("5 sign-ins an hour, because LinkedIn locks accounts", std::chrono::hours{1});
    return shown(*begun);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done && done.error().constraint == logins::one_at_a_time) co_return one_at_a_time(false);
  if (!done) co_return done.error();
  if (context.services.engagement_waits) context.services.engagement_waits();
  co_return std::move(*done);
}

net::awaitable<reply<browser_login>> verify_login(request_context& context, in_body<browser_code_request> body) {
  if (auto refused = refuse_limited(context)) co_return std::move(*refused);
  auto job = [id = context.principal.member_id, login_id = body->login_id, code = body->code.value,
              now = context.services.clock.now(),
              &box = context.services.secrets](transaction& tx) -> result<browser_login> {
    const auto session = find_session(tx, id, now);
    if (!session) return session.error();
    switch (logins::submit_code(tx, id, login_id, code, box, now)) {
      case logins::code_place::taken: break;
      case logins::code_place::no_login: return problems::not_found("sign-in");
      case logins::code_place::over:
        return problem{.status = 410, .code = "login_over", .detail = "This sign-in is over. Begin another one."};
      case logins::code_place::not_asked:
        return problems::conflict("no_code_wanted",
                                  "LinkedIn has not asked for a code yet, or is checking the last one.");
    }
    const auto changed = logins::find_last(tx, id, now);
    if (!changed) return problems::not_found("sign-in");
    return shown(*changed);
  };
  auto done = co_await in_transaction(context, std::move(job));
  if (!done) co_return done.error();
  co_return std::move(*done);
}

constexpr std::string_view what_starts =
    "A browser on the server opens LinkedIn's page and fills in these fields. The answer comes at once; "
    "`session-status` tells the progress. The password is sealed until the browser has it, and not kept. One sign-in "
    "at a time for each company, and five an hour for each member.";

constexpr std::string_view both_want_it =
    "403 with the reason where the operator (LINKEDIN_BROWSER) or I have not switched it on.";

}  // namespace

void add_browser_session(route_table& routes) {
  using domain::permission;
  using server::verb;
  routes.add(
      verb::put, "/integrations/linkedin/browser", permission::engage, &set_switch,
      "Switch acting through a browser on or off for myself",
      {.problems = {403},
       .description = "`/integrations/status` names the risk. Switching it off removes cookies and sign-ins at once."});
  routes.add(verb::get, "/integrations/linkedin/session-status", permission::engage, &show_status,
             "My session at LinkedIn in a browser, and my last sign-in",
             {.problems = {403}, .description = both_want_it, .no_store = true});
  routes.add(
      verb::post, "/integrations/linkedin/session-cookies", permission::engage, &hand_over,
      "Hand over the li_at cookie of my session",
      {.problems = {403}, .description = "It is encrypted, never shown, and removed after 30 days.", .no_store = true});
  routes.add(verb::delete_, "/integrations/linkedin/session-cookies", permission::engage, &forget,
             "Remove my cookies, and stop the sign-in that is under way", {.success = 204, .problems = {404}});
  routes.add(verb::post, "/integrations/linkedin/login-start", permission::engage, &start_login,
             "Sign in at LinkedIn with a browser's help",
             {.success = 202, .problems = {403, 409, 429}, .description = what_starts, .no_store = true});
  routes.add(verb::post, "/integrations/linkedin/login-verify", permission::engage, &verify_login,
             "Give the code that LinkedIn asks for",
             {.success = 202,
              .problems = {403, 404, 409, 410},
              .description = "404: I have no sign-in. 409: no code is needed now. 410: the sign-in is over.",
              .no_store = true});
}

}  // namespace pulse::http::routes
