#include "http/routes/people/sessions.hpp"

#include <spdlog/spdlog.h>

#include "domain/people/session.hpp"
#include "http/api/services.hpp"
#include "http/auth/stamps.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
namespace rows = persistence::sessions;
using domain::permission;
using domain::refresh_verdict;
using server::verb;

/// The body of both /auth/refresh and /auth/logout.
struct presented {
  std::optional<base::text<1, 256>> refresh_token;  // none: the cookie holds it
};
BOOST_DESCRIBE_STRUCT(presented, (), (refresh_token))

struct session {
  base::uuid id;
  std::string device;   // its User-Agent
  std::string address;  // of its last use
  base::timestamp created_at;
  base::timestamp last_used_at;
  base::timestamp ends_at;
  bool is_current = false;
};
BOOST_DESCRIBE_STRUCT(session, (), (id, device, address, created_at, last_used_at, ends_at, is_current))

struct session_list {
  std::vector<session> items;
};
BOOST_DESCRIBE_STRUCT(session_list, (), (items))

problem wrong_refresh_token(std::string_view code) {
  return problems::unauthenticated(code, "This refresh token is no longer valid. Sign in again with POST /auth/login.");
}

// --- POST /auth/refresh ----------------------------------------------------------------------------------------------

/// The refresh token that the client sent, in its body or its cookie.
result<std::string> sent_token(const request_context& context, const sign_in_services& services, keeping how,
                               const std::optional<presented>& request) {
  if (how == keeping::cookie) {
    if (auto token = services.browsers.token_of(context.request)) return std::move(*token);
    return problems::unauthenticated("missing_refresh_token",
                                     "The cookie with the refresh token is missing. Sign in with POST /auth/login.");
  }
  if (request && request->refresh_token) return request->refresh_token->value;
  return problems::invalid_field("/refresh_token", "is required");
}

struct exchange {
  refresh_verdict verdict = refresh_verdict::over;
  int generation = 0;
  std::optional<members::account> account;
};

/// Locks the session's row. When two renewals, or a renewal and a logout, come at the same moment, the second one sees
/// what the first one did.
result<exchange> exchange_token(persistence::transaction& within, const refresh_content& token, base::timestamp now,
                                const rows::origin& from) {
  const auto row = rows::lock(within, token.session_id);
  if (!row) return exchange{};
  const domain::session_state state{row->generation, row->rotated_at, row->idle_ends_at, row->ends_at, row->ended_at};
  exchange made{domain::judge_refresh(state, token.generation, now), row->generation, std::nullopt};
  switch (made.verdict) {
    case refresh_verdict::over: return made;
    case refresh_verdict::reused: rows::end(within, token.session_id, rows::ending::reuse, now); return made;
    case refresh_verdict::same_again: break;
    case refresh_verdict::next:
      rows::rotate(within, token.session_id, now, domain::idle_end(now, row->ends_at), from);
      ++made.generation;
  }
  made.account = members::find_account(row->member_id).first(within);
  if (!made.account) return wrong_refresh_token("inactive_member");
  // Nothing of this stays: the same token is good once the company is resumed.
  if (made.account->is_suspended) return company_suspended();
  return made;
}

net::awaitable<reply<signed_in>> exchange_session(request_context& context, const sign_in_services& services,
                                                  keeping how, std::string text) {
  if (auto refused = take_try(services.limits.refresh_by_address, network_of(context.request.remote_address)))
    co_return std::move(*refused);
  const auto token = read_refresh_token(context.services.stamps, text);
  if (!token) co_return wrong_refresh_token("invalid_refresh_token");
  context.concerns = {{token->tenant_id, {}, token->session_id}};
  const auto now = context.services.clock.now();
  auto job = [token = *token, now, from = origin_of(context.request)](persistence::transaction& within) {
    return exchange_token(within, token, now, from);
  };
  auto exchanged = co_await in_transaction(context, token->tenant_id, std::move(job));
  if (!exchanged) co_return exchanged.error();
  switch (exchanged->verdict) {
    case refresh_verdict::over: co_return wrong_refresh_token("invalid_refresh_token");
    case refresh_verdict::reused:
      services.known.forget(token->session_id);
      spdlog::warn("A refresh token was used twice, so its session was ended: request={} tenant={} session={}",
                   context.request.id, base::to_string(token->tenant_id), base::to_string(token->session_id));
      co_return wrong_refresh_token("refresh_token_reused");
    case refresh_verdict::next:
    case refresh_verdict::same_again: break;
  }
  auto made = to_signed_in(context, token->session_id, exchanged->generation, now, *exchanged->account);
  co_return hand_out(context, services.browsers, how, std::move(made));
}

net::awaitable<reply<signed_in>> refresh_session(request_context& context, const sign_in_services& services,
                                                 std::optional<presented> request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  auto text = sent_token(context, services, *how, request);
  if (!text) co_return text.error();
  auto answer = co_await exchange_session(context, services, *how, std::move(*text));
  // The browser would send a useless cookie with every further attempt.
  if (*how == keeping::cookie && answer.why() != nullptr && answer.why()->status == 401)
    answer.headers_of_problem().push_back(services.browsers.forget(context.request));
  co_return answer;
}

// --- POST /auth/logout -----------------------------------------------------------------------------------------------

/// The session to end: the refresh token's, or else the access token's. None when the refresh token is unknown.
result<std::optional<principal>> session_to_end(const request_context& context, const sign_in_services& services,
                                                keeping how, const std::optional<presented>& request) {
  std::optional<std::string> text;
  if (how == keeping::cookie) text = services.browsers.token_of(context.request);
  if (!text && request && request->refresh_token) text = request->refresh_token->value;
  if (text) {
    const auto token = read_refresh_token(context.services.stamps, *text);
    if (!token) return std::optional<principal>{};
    return std::optional<principal>{principal{token->tenant_id, {}, token->session_id}};
  }
  auto who = services.identities.name(context.request);
  if (!who) return who.error();
  return std::optional<principal>{*who};
}

net::awaitable<reply<nothing>> end_session(request_context& context, const sign_in_services& services, keeping how,
                                           std::optional<presented> request) {
  const auto session = session_to_end(context, services, how, request);
  if (!session) co_return session.error();
  if (!*session) co_return nothing{};
  const auto id = (*session)->session_id;
  context.concerns = {{(*session)->tenant_id, (*session)->member_id, id}};
  const auto now = context.services.clock.now();
  auto job = [id, now](persistence::transaction& within) { rows::end(within, id, rows::ending::logout, now); };
  auto ended = co_await in_transaction(context, (*session)->tenant_id, std::move(job));
  if (!ended) co_return ended.error();
  services.known.forget(id);
  co_return nothing{};
}

net::awaitable<reply<nothing>> log_out(request_context& context, const sign_in_services& services,
                                       std::optional<presented> request) {
  const auto how = services.browsers.keeping_of(context.request);
  if (!how) co_return how.error();
  auto answer = co_await end_session(context, services, *how, std::move(request));
  if (*how == keeping::body || answer.why() != nullptr) co_return answer;
  auto gone = services.browsers.forget(context.request);
  co_return std::move(answer).with(gone.name, std::move(gone.value));
}

// --- /auth/sessions --------------------------------------------------------------------------------------------------

net::awaitable<reply<session_list>> list_sessions(request_context& context) {
  const auto now = context.services.clock.now();
  auto found = co_await read_all(context, rows::list(context.principal.member_id, now));
  if (!found) co_return found.error();
  session_list made;
  for (auto& each : *found) {
    const bool is_current = each.id == context.principal.session_id;
    made.items.push_back({each.id, std::move(each.device), std::move(each.address), each.created_at, each.last_used_at,
                          each.ends_at, is_current});
  }
  co_return made;
}

net::awaitable<reply<nothing>> revoke_session(request_context& context, const sign_in_services& services,
                                              base::uuid id) {
  const auto now = context.services.clock.now();
  auto job = [id, member_id = context.principal.member_id, now](persistence::transaction& within) {
    return rows::end_own(within, id, member_id, now);
  };
  auto ended = co_await in_transaction(context, std::move(job));
  if (!ended) co_return ended.error();
  if (!*ended) co_return problems::not_found("session");
  services.known.forget(id);
  co_return nothing{};
}

net::awaitable<reply<nothing>> revoke_others(request_context& context, const sign_in_services& services) {
  const auto now = context.services.clock.now();
  auto job = [who = context.principal, now](persistence::transaction& within) {
    rows::end_all(within, who.member_id, who.session_id, rows::ending::revoked, now);
  };
  auto ended = co_await in_transaction(context, std::move(job));
  if (!ended) co_return ended.error();
  services.known.forget(context.principal.member_id);
  co_return nothing{};
}

}  // namespace

void add_sessions(route_table& table, const sign_in_services& services) {
  table.add(
      verb::post, "/auth/refresh", permission::public_,
      [services](request_context& context, in_body<std::optional<presented>> body) {
        return refresh_session(context, services, std::move(body.value));
      },
      "Exchange a refresh token for new tokens",
      {.problems = {401, 403, 429, 503},
       .description = "Each refresh token works once. For 5 s more it gives the same tokens again, because "
                      "a reply may be lost and two tabs may ask at once. Any later use ends the whole "
                      "session. A session ends after 30 days without an exchange, and after 90 days in any case. In a "
                      "suspended company the answer is 403, and the token stays good for when it is resumed. With "
                      "`X-Pulse-Session: cookie` the cookie holds the token, and there is no body.",
       .audit = audit_rule::quiet,
       .no_store = true});
  table.add(verb::post, "/auth/logout", permission::public_,
            [services](request_context& context, in_body<std::optional<presented>> body) {
              return log_out(context, services, std::move(body.value));
            },
            "End the session of the refresh token, or else of the access token",
            {.success = 204, .problems = {401, 403, 503}, .no_store = true});
  table.add(verb::get, "/auth/sessions", permission::manage_self, &list_sessions, "My live sessions");
  table.add(verb::delete_, "/auth/sessions", permission::manage_self,
            [services](request_context& context) { return revoke_others(context, services); },
            "End all my sessions but this one", {.success = 204});
  table.add(
      verb::delete_, "/auth/sessions/{id}", permission::manage_self,
      [services](request_context& context, in_path<by_id> path) { return revoke_session(context, services, path->id); },
      "End one of my sessions: its access tokens are refused at once", {.success = 204, .problems = {404}});
}

}  // namespace pulse::http::routes
