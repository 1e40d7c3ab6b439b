#include "http/routes/people/auth.hpp"

#include <spdlog/spdlog.h>

#include "base/if_any.hpp"
#include "domain/people/credentials.hpp"
#include "http/api/services.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/refresh_tokens.hpp"

namespace pulse::http::routes {

namespace {

namespace net = boost::asio;
namespace members = persistence::members;
namespace refresh_tokens = persistence::refresh_tokens;
using domain::permission;
using server::verb;

constexpr std::chrono::hours trial_period{24 * 14};
/// Companies that one sign-in without X-Tenant-ID is compared with.
constexpr std::size_t logins_compared_max = 3;

// --- what comes in and goes out --------------------------------------------------------------------------------------

struct signup {
  base::text<1, 120> company_name;
  domain::email_address email;
  domain::new_password password;
  std::optional<base::text<1, 120>> full_name;
};
BOOST_DESCRIBE_STRUCT(signup, (), (company_name, email, password, full_name))

struct login {
  domain::email_address email;
  base::text<1, 128> password;
};
BOOST_DESCRIBE_STRUCT(login, (), (email, password))

struct refresh {
  std::optional<base::text<1, 256>> refresh_token;  // none: it is in the cookie
};
BOOST_DESCRIBE_STRUCT(refresh, (), (refresh_token))

struct logout {
  std::optional<base::text<1, 256>> refresh_token;
};
BOOST_DESCRIBE_STRUCT(logout, (), (refresh_token))

struct member {
  base::uuid id;
  std::string email;
  std::string full_name;
  domain::role role = domain::role::member;
  base::timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(member, (), (id, email, full_name, role, created_at))

struct subscription {
  std::string plan;
  members::subscription_status status = members::subscription_status::trial;
  std::optional<base::timestamp> trial_ends_at;
};
BOOST_DESCRIBE_STRUCT(subscription, (), (plan, status, trial_ends_at))

struct signed_in {
  std::string access_token;
  base::if_any<std::string> refresh_token;  // none: it is in the cookie
  std::string token_type;
  std::int64_t expires_in = 0;  // seconds, of the access token
  members::company company;
  routes::member member;
  routes::subscription subscription;
};
BOOST_DESCRIBE_STRUCT(signed_in, (),
                      (access_token, refresh_token, token_type, expires_in, company, member, subscription))

struct account {
  members::company company;
  routes::member member;
  routes::subscription subscription;
  std::vector<permission> permissions;
};
BOOST_DESCRIBE_STRUCT(account, (), (company, member, subscription, permissions))

members::company company_of(const members::account& from) {
  return {from.tenant_id, from.company_name, from.company_created_at, from.company_paused_at};
}
member member_of(const members::account& from) {
  return {from.member_id, from.email, from.display_name, from.role, from.created_at};
}
subscription subscription_of(const members::account& from) { return {from.plan, from.status, from.trial_ends_at}; }

std::vector<permission> permissions_of(domain::role role) {
  std::vector<permission> held;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<permission>>([&](auto entry) {
    if (entry.value != permission::public_ && domain::allows(role, entry.value)) held.push_back(entry.value);
  });
  return held;
}

// --- sessions --------------------------------------------------------------------------------------------------------

/// A refresh token to be stored: made before the transaction, so that the job can be repeated.
struct new_session {
  refresh_token token = make_refresh_token();
  base::uuid token_id;
  base::uuid family_id;
  base::timestamp now;
};

new_session begin_session(const call& of, std::optional<base::uuid> family_id = std::nullopt) {
  new_session made;
  made.now = of.with.clock.now();
  made.token_id = base::new_uuid(made.now);
  made.family_id = family_id.value_or(made.token_id);
  return made;
}

void store_session(persistence::transaction& within, const new_session& made, const base::uuid& member_id) {
  refresh_tokens::token row;
  row.id = made.token_id;
  row.member_id = member_id;
  row.family_id = made.family_id;
  row.expires_at = made.now + refresh_token_lifetime;
  refresh_tokens::insert(within, row, {made.token.hash}, made.now);
}

signed_in to_signed_in(const call& of, const new_session& session, const members::account& from) {
  const principal who{from.tenant_id, from.member_id, session.family_id, from.role};
  return {of.with.tokens.sign(who, session.now),
          session.token.text,
          "bearer",
          access_token_lifetime.count(),
          company_of(from),
          member_of(from),
          subscription_of(from)};
}

problem wrong_credentials() {
  return problems::unauthenticated("wrong_credentials",
                                   "The e-mail address or the password is not right. Check both; if you are in several "
                                   "companies, send X-Tenant-ID too.");
}

/// The reply that hands out tokens, in the way in which the client keeps them.
reply<signed_in> hand_out(const call& of, const browser_sessions& browsers, keeping how, signed_in made) {
  if (how == keeping::body) return made;
  auto cookie = browsers.keep(of.request, *made.refresh_token, refresh_token_lifetime);
  made.refresh_token.reset();
  return reply<signed_in>{std::move(made)}.with(cookie.name, std::move(cookie.value));
}

problem wrong_refresh_token(std::string_view code) {
  return problems::unauthenticated(code, "This refresh token is no longer good. Sign in again with POST /auth/login.");
}

net::awaitable<outcome<std::string>> hash_password(call& of, std::string password) {
  auto& hasher = of.with.passwords;
  using result = base::result<std::string, persistence::hashing_failure>;
  auto start = [&](auto done) { hasher.hash(base::secret{std::move(password)}, std::move(done)); };
  auto hashed = co_await from_callback<result>(std::move(start));
  if (!hashed) co_return problems::of(hashed.error());
  co_return std::move(*hashed);
}

net::awaitable<outcome<bool>> verify_password(call& of, std::string password, std::string encoded) {
  auto& hasher = of.with.passwords;
  using result = base::result<bool, persistence::hashing_failure>;
  auto start = [&](auto done) {
    hasher.verify(base::secret{std::move(password)}, std::move(encoded), std::move(done));
  };
  auto verified = co_await from_callback<result>(std::move(start));
  if (!verified) co_return problems::of(verified.error());
  co_return outcome<bool>{boost::system::in_place_value, *verified};
}

/// Takes one try; the problem when there are none left.
std::optional<problem> take_try(rate_limiter& from, std::string_view key) {
  const auto verdict = from.take(key, std::chrono::steady_clock::now());
  if (verdict.allowed) return std::nullopt;
  return from.refuse(verdict);
}

// --- POST /signup ----------------------------------------------------------------------------------------------------

struct new_account {
  members::company company;
  members::subscription subscription;
  members::member owner;
};

/// The local part of the address where no name was given.
std::string name_of(const signup& asked) {
  if (asked.full_name) return asked.full_name->value;
  return asked.email.value.substr(0, asked.email.value.find('@'));
}

new_account to_new_account(const signup& asked, base::timestamp now) {
  return {{base::new_uuid(now), asked.company_name.value, now},
          {"trial", members::subscription_status::trial, now + trial_period},
          {base::new_uuid(now), asked.email.value, name_of(asked), domain::role::owner, now}};
}

members::account to_account(const new_account& from) {
  return {from.company.id,
          from.company.name,
          from.company.created_at,
          from.company.paused_at,
          from.subscription.plan,
          from.subscription.status,
          from.subscription.trial_ends_at,
          from.owner.id,
          from.owner.email,
          from.owner.display_name,
          from.owner.role,
          from.owner.created_at};
}

net::awaitable<reply<signed_in>> sign_up(call& of, const sign_in_services& with, signup asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  if (auto wrong = domain::password_problem(asked.password.value, asked.email)) {
    co_return problems::invalid_field("/password", *wrong);
  }
  if (auto refused = take_try(with.limits.signup_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  auto hash = co_await hash_password(of, std::move(asked.password.value));
  if (!hash) co_return hash.error();

  const auto session = begin_session(of);
  const auto made = to_new_account(asked, session.now);
  auto job = [made, session, hash = *hash](persistence::transaction& within) {
    members::insert_company(within, made.company, made.subscription);
    members::insert(within, made.owner, hash);
    store_session(within, session, made.owner.id);
  };
  auto stored = co_await in_transaction(of, made.company.id, std::move(job));
  if (!stored) co_return stored.error();
  auto answer = hand_out(of, with.browsers, *how, to_signed_in(of, session, to_account(made)));
  co_return std::move(answer).with("location", "/auth/me");
}

// --- POST /auth/login ------------------------------------------------------------------------------------------------

/// X-Tenant-ID, where it was sent.
outcome<std::optional<base::uuid>> wanted_tenant(const call& of) {
  const auto sent = of.request.find("x-tenant-id");
  if (!sent) return std::optional<base::uuid>{};
  const auto tenant_id = base::parse_uuid(*sent);
  if (tenant_id) return tenant_id;
  return problems::invalid_fields({{.parameter = "X-Tenant-ID", .detail = "must be a UUID"}});
}

/// The logins that the password may be compared with. Never empty: one without a hash takes as long and fits no password.
std::vector<members::login> candidates_of(std::vector<members::login> found,
                                          const std::optional<base::uuid>& tenant_id) {
  std::erase_if(found, [&](const auto& one) { return !one.is_active || (tenant_id && one.tenant_id != *tenant_id); });
  if (found.empty()) found.emplace_back();
  if (found.size() > logins_compared_max) found.resize(logins_compared_max);
  return found;
}

/// The one login that the password opens.
net::awaitable<outcome<members::login>> find_login(call& of, login asked) {
  const auto tenant_id = wanted_tenant(of);
  if (!tenant_id) co_return tenant_id.error();
  auto found = co_await read_all_of<members::login>(of, std::nullopt, members::find_logins, asked.email.value);
  if (!found) co_return found.error();
  const auto candidates = candidates_of(std::move(*found), *tenant_id);
  for (const auto& candidate : candidates) {
    auto fits = co_await verify_password(of, asked.password.value, candidate.password_hash);
    if (!fits) co_return fits.error();
    if (!*fits) continue;
    if (candidates.size() == 1) co_return candidate;
    co_return problems::conflict(
        "tenant_required",
        "This e-mail address is in several companies. Send X-Tenant-ID with the id of the one to sign in to.");
  }
  co_return wrong_credentials();
}

net::awaitable<reply<signed_in>> log_in(call& of, const sign_in_services& with, login asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  if (auto refused = take_try(with.limits.login_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  if (auto refused = take_try(with.limits.login_by_email, asked.email.value)) co_return std::move(*refused);
  const auto found = co_await find_login(of, std::move(asked));
  if (!found) co_return found.error();

  const auto session = begin_session(of);
  auto job = [member_id = found->member_id, session](persistence::transaction& within) -> outcome<members::account> {
    store_session(within, session, member_id);
    auto known = within.execute(members::find_account, member_id).first<members::account>();
    if (!known) return wrong_credentials();
    return std::move(*known);
  };
  auto opened = co_await in_transaction(of, found->tenant_id, std::move(job));
  if (!opened) co_return opened.error();
  co_return hand_out(of, with.browsers, *how, to_signed_in(of, session, *opened));
}

// --- POST /auth/refresh, /auth/logout --------------------------------------------------------------------------------

net::awaitable<outcome<std::optional<refresh_tokens::token>>> find_token(call& of, std::string text) {
  const persistence::bytes hash{hash_refresh_token(text)};
  co_return co_await read_first_of<refresh_tokens::token>(of, std::nullopt, refresh_tokens::find, hash);
}

/// The account when the token could be exchanged; none when it was used before, and then its family has ended.
using exchange = std::optional<members::account>;

outcome<exchange> exchange_token(persistence::transaction& within, const refresh_tokens::token& old,
                                 const new_session& next) {
  if (!refresh_tokens::use(within, old.id, next.now)) {
    refresh_tokens::revoke_family(within, old.family_id, next.now);
    return exchange{};
  }
  store_session(within, next, old.member_id);
  auto account = within.execute(members::find_account, old.member_id).first<members::account>();
  if (!account) return wrong_refresh_token("inactive_member");
  return exchange{std::move(*account)};
}

/// The refresh token that the client sent, in the way in which it keeps it.
outcome<std::string> sent_token(const call& of, const sign_in_services& with, keeping how,
                                const std::optional<refresh>& asked) {
  if (how == keeping::cookie) {
    if (auto token = with.browsers.token_of(of.request)) return std::move(*token);
    return problems::unauthenticated(
        "missing_refresh_token",
        "The cookie with the refresh token did not come along. Sign in with POST /auth/login.");
  }
  if (asked && asked->refresh_token) return asked->refresh_token->value;
  return problems::invalid_field("/refresh_token", "is required");
}

net::awaitable<reply<signed_in>> exchange_session(call& of, const sign_in_services& with, keeping how,
                                                  std::string text) {
  if (auto refused = take_try(with.limits.refresh_by_address, network_of(of.request.remote_address)))
    co_return std::move(*refused);
  auto found = co_await find_token(of, std::move(text));
  if (!found) co_return found.error();
  if (!*found) co_return wrong_refresh_token("invalid_refresh_token");
  const auto old = **found;
  const auto next = begin_session(of, old.family_id);
  if (old.revoked_at || old.expires_at <= next.now) co_return wrong_refresh_token("invalid_refresh_token");

  auto job = [old, next](persistence::transaction& within) { return exchange_token(within, old, next); };
  auto exchanged = co_await in_transaction(of, old.tenant_id, std::move(job));
  if (!exchanged) co_return exchanged.error();
  if (!*exchanged) {
    spdlog::warn("A refresh token was used twice, so its session was ended: request={} tenant={} member={}",
                 of.request.id, base::to_string(old.tenant_id), base::to_string(old.member_id));
    co_return wrong_refresh_token("refresh_token_reused");
  }
  co_return hand_out(of, with.browsers, how, to_signed_in(of, next, **exchanged));
}

net::awaitable<reply<signed_in>> refresh_session(call& of, const sign_in_services& with, std::optional<refresh> asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  auto text = sent_token(of, with, *how, asked);
  if (!text) co_return text.error();
  auto answer = co_await exchange_session(of, with, *how, std::move(*text));
  // A cookie that is good for nothing would be sent with every further try.
  if (*how == keeping::cookie && answer.why() != nullptr && answer.why()->status == 401)
    answer.headers_of_problem().push_back(with.browsers.forget(of.request));
  co_return answer;
}

/// The session to end: the refresh token's, else the access token's. None when the refresh token is unknown: nothing to end.
net::awaitable<outcome<std::optional<principal>>> session_to_end(call& of, const sign_in_services& with, keeping how,
                                                                 std::optional<logout> asked) {
  std::optional<std::string> text;
  if (how == keeping::cookie) text = with.browsers.token_of(of.request);
  if (!text && asked && asked->refresh_token) text = asked->refresh_token->value;
  if (text) {
    auto found = co_await find_token(of, std::move(*text));
    if (!found) co_return found.error();
    if (!*found) co_return std::optional<principal>{};
    const auto& token = **found;
    co_return std::optional<principal>{principal{token.tenant_id, token.member_id, token.family_id, {}}};
  }
  auto who = with.identities.identify(of.request);
  if (!who) co_return who.error();
  co_return std::optional<principal>{*who};
}

net::awaitable<reply<nothing>> end_session(call& of, const sign_in_services& with, keeping how,
                                           std::optional<logout> asked) {
  auto session = co_await session_to_end(of, with, how, std::move(asked));
  if (!session) co_return session.error();
  if (!*session) co_return nothing{};
  const auto family_id = (*session)->session_id;
  const auto now = of.with.clock.now();
  auto job = [family_id, now](persistence::transaction& within) {
    refresh_tokens::revoke_family(within, family_id, now);
  };
  auto ended = co_await in_transaction(of, (*session)->tenant_id, std::move(job));
  if (!ended) co_return ended.error();
  co_return nothing{};
}

net::awaitable<reply<nothing>> log_out(call& of, const sign_in_services& with, std::optional<logout> asked) {
  const auto how = with.browsers.keeping_of(of.request);
  if (!how) co_return how.error();
  auto answer = co_await end_session(of, with, *how, std::move(asked));
  if (*how == keeping::body || answer.why() != nullptr) co_return answer;
  auto gone = with.browsers.forget(of.request);
  co_return std::move(answer).with(gone.name, std::move(gone.value));
}

// --- GET /auth/me ----------------------------------------------------------------------------------------------------

net::awaitable<reply<account>> show_account(call& of) {
  auto found = co_await read_first<members::account>(of, members::find_account, of.who.member_id);
  if (!found) co_return found.error();
  if (!*found)
    co_return problems::unauthenticated("inactive_member",
                                        "This member is no longer active. Ask an owner of the company.");
  const auto& row = **found;
  co_return account{company_of(row), member_of(row), subscription_of(row), permissions_of(row.role)};
}

}  // namespace

void add_auth(route_table& table, const sign_in_services& with) {
  table.add(verb::post, "/signup", permission::public_,
            [with](call& of, in_body<signup> body) { return sign_up(of, with, std::move(body.value)); },
            "Found a company: its owner, a trial subscription of 14 days, and tokens",
            {.success = 201, .problems = {403, 429, 503}, .no_store = true});
  table.add(verb::post, "/auth/login", permission::public_,
            [with](call& of, in_body<login> body) { return log_in(of, with, std::move(body.value)); }, "Sign in",
            {.problems = {401, 403, 409, 429, 503},
             .description = "With X-Tenant-ID, or without it where the e-mail address is in one company only. With "
                            "`X-Pulse-Session: cookie` the refresh token comes in an HttpOnly cookie instead of in the "
                            "body; then send that header with /auth/refresh and /auth/logout, too.",
             .no_store = true});
  table.add(
      verb::post, "/auth/refresh", permission::public_,
      [with](call& of, in_body<std::optional<refresh>> body) {
        return refresh_session(of, with, std::move(body.value));
      },
      "Exchange a refresh token for new tokens",
      {.problems = {401, 403, 429, 503},
       .description = "Each refresh token is good for one exchange; one that comes back ends the whole session. With "
                      "`X-Pulse-Session: cookie` the token is the cookie's, and the body stays away.",
       .no_store = true});
  table.add(verb::post, "/auth/logout", permission::public_,
            [with](call& of, in_body<std::optional<logout>> body) { return log_out(of, with, std::move(body.value)); },
            "End the session of the refresh token, or else of the access token",
            {.success = 204, .problems = {401, 403, 503}, .no_store = true});
  table.add(verb::get, "/auth/me", permission::read_account, &show_account, "Who I am, and what I may do");
}

}  // namespace pulse::http::routes
