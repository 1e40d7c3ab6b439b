#include "http/auth/authenticator.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "http/api/route.hpp"
#include "http/auth/api_tokens.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/bridges/bound_queries.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/people/api_tokens.hpp"

namespace pulse::http {

namespace {

/// The token after "Bearer", which may be in any case (RFC 9110 §11.1).
std::optional<std::string_view> bearer_of(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = authorization[i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != scheme[i]) return std::nullopt;
  }
  authorization.remove_prefix(scheme.size());
  return authorization;
}

problem to_problem(token_fault fault) {
  switch (fault) {
    case token_fault::expired:
      return problems::unauthenticated("expired_token",
                                       "The access token has expired. Get a new one with POST /auth/refresh.");
    case token_fault::malformed:
    case token_fault::foreign:
    case token_fault::forged:
    case token_fault::misplaced:
    case token_fault::not_yet: break;
  }
  return problems::unauthenticated("invalid_token",
                                   "The access token is not valid here. Sign in with POST /auth/login.");
}

/// The script token of the request; none for another kind of token, or without one.
std::optional<std::string_view> script_token(const server::request& request) {
  const auto sent = request.find("authorization");
  const auto token = sent ? bearer_of(*sent) : std::nullopt;
  return token && token->starts_with(api_token_prefix) ? token : std::nullopt;
}

/// The cache key of a script's token: the beginning of its hash.
base::uuid id_of_token(std::string_view token) {
  const auto digest = base::sha256(token);
  base::uuid id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

problem script_expired() {
  return problems::unauthenticated("expired_token",
                                   "This token has expired. Its owner can make another: POST /auth/tokens.");
}

problem other_tenant() {
  return problems::forbidden(
      "other_tenant", "X-Tenant-ID names another company than the access token. Leave it out, or sign in there.");
}

bool names_other_tenant(const server::request& request, const principal& who) {
  const auto tenant = request.find("x-tenant-id");
  return tenant && base::parse_uuid(*tenant) != who.tenant_id;
}

problem no_longer(std::string_view code, std::string_view detail) { return problems::unauthenticated(code, detail); }

/// The member with the present role, or why they are refused.
result<principal> admit(principal who, const standings::standing& now_is) {
  if (!now_is.is_session_live)
    return no_longer("session_ended", "This session has ended. Sign in with POST /auth/login.");
  if (!now_is.is_active)
    return no_longer("inactive_member", "This member is no longer active. Ask an owner of the company.");
  if (now_is.is_suspended)
    return problems::forbidden("company_suspended", "This company is suspended. Ask the operator of this service.");
  who.role = now_is.role;
  if (now_is.granted_project_ids)
    who.reach = std::make_shared<const access_reach>(
        access_reach{*now_is.granted_project_ids, now_is.hidden_channel_ids.value_or(std::vector<base::uuid>{})});
  who.is_platform_admin = now_is.is_platform_admin;
  return who;
}

/// The routes for a member who lacks the second factor that the company requires: setting one up, and signing out.
constexpr std::array<std::string_view, 6> without_second_factor{
    "/auth/second-factor", "/auth/passkeys", "/auth/confirm", "/auth/me", "/auth/sessions", "/auth/logout"};

std::optional<problem> refuse_weak(const request_context& context, const standings::standing& now_is) {
  if (!now_is.lacks_second_factor) return std::nullopt;
  const auto leads_there = [&context](std::string_view path) { return context.route.path.starts_with(path); };
  if (std::any_of(without_second_factor.begin(), without_second_factor.end(), leads_there)) return std::nullopt;
  return problems::forbidden("second_factor_missing",
                             "Your company requires a second factor, and you have none yet. Set one up: POST "
                             "/auth/second-factor, or sign in with a passkey.");
}

/// The guard that confirms that the member's standing has not changed since it was read.
std::shared_ptr<const persistence::guard> guard_of(const principal& who, const standings::standing& known) {
  return std::make_shared<persistence::guard>(persistence::guard_standing(who.tenant_id, who.member_id, known.version));
}

std::size_t hash_of(std::string_view token) { return std::hash<std::string_view>{}(token); }

}  // namespace

std::optional<access_claims> verified_tokens::find(std::string_view token) const {
  const auto index = hash_of(token) % slots_max;
  const std::scoped_lock lock{locks_[index % locks_max]};
  const auto& at = slots_[index];
  if (!base::equal_in_constant_time(at.token, token)) return std::nullopt;
  return at.claims;
}

void verified_tokens::keep(std::string_view token, const access_claims& claims) {
  const auto index = hash_of(token) % slots_max;
  const std::scoped_lock lock{locks_[index % locks_max]};
  slots_[index].token = token;
  slots_[index].claims = claims;
}

result<access_claims> authenticator::verify(std::string_view token) {
  const auto now = clock_.now();
  if (token.size() > access_token_bytes_max) return to_problem(token_fault::malformed);
  if (const auto known = verified_.find(token)) {
    if (known->expires_at <= now) return to_problem(token_fault::expired);
    return *known;
  }
  const auto verified = tokens_.verify(token, now);
  if (!verified) return to_problem(verified.error());
  verified_.keep(token, *verified);
  return *verified;
}

result<principal> authenticator::name(const server::request& request) {
  const auto authorization = request.find("authorization");
  if (!authorization) {
    return problems::unauthenticated(
        "missing_token", "This needs an access token: send `Authorization: Bearer <token>` from POST /auth/login.");
  }
  const auto token = bearer_of(*authorization);
  if (!token) {
    return problems::unauthenticated("invalid_token", "The Authorization header must be `Bearer <access token>`.");
  }
  const auto claims = verify(*token);
  if (!claims) return claims.error();
  if (const auto tenant = request.find("x-tenant-id")) {
    const auto named = base::parse_uuid(*tenant);
    if (!named || *named != claims->who.tenant_id) {
      return other_tenant();
    }
  }
  return claims->who;
}

result<std::optional<principal>> authenticator::presume(const server::request& request) {
  if (const auto script = script_token(request)) {
    if (!may_be_api_token(*script)) return to_problem(token_fault::malformed);
    const auto owner = standings_.find_owner(id_of_token(*script), std::chrono::steady_clock::now());
    if (!owner) return std::optional<principal>{};
    if (owner->who.limits->expires_at <= clock_.now()) return script_expired();
    auto admitted = admit(owner->who, owner->what);
    if (!admitted) return admitted.error();
    return std::optional<principal>{*admitted};
  }
  auto named = name(request);
  if (!named) return named.error();
  const auto known = standings_.find(*named, std::chrono::steady_clock::now());
  if (!known) return std::optional<principal>{};
  auto admitted = admit(*named, *known);
  if (!admitted) return admitted.error();
  return std::optional<principal>{*admitted};
}

/// Reads the owner of the token. Look-ups of unknown tokens are limited, because a stranger can make valid-looking
/// ones.
boost::asio::awaitable<result<standings::owner>> authenticator::find_script(request_context& context,
                                                                            std::string_view token) {
  const auto network = network_of(context.request.remote_address);
  const auto verdict = unknown_tokens_.take(network, std::chrono::steady_clock::now());
  if (!verdict.allowed) co_return unknown_tokens_.refuse(verdict);
  const persistence::bytes digest{std::string{base::as_text(base::sha256(token))}};
  const auto now = clock_.now();
  auto read = co_await read_first_of(context, std::nullopt,
                                     persistence::api_tokens::use(digest, now, context.request.remote_address));
  if (!read) co_return read.error();
  if (!*read) co_return to_problem(token_fault::forged);
  unknown_tokens_.give_back(network);
  auto& row = **read;
  auto limits = std::make_shared<token_limits>(
      token_limits{row.id, to_scopes(row.scopes), std::move(row.project_ids), row.expires_at});
  co_return standings::owner{{row.tenant_id, row.member_id, id_of_token(token), row.role, false, std::move(limits)},
                             {row.role, row.is_active, row.is_suspended, false, !row.is_revoked,
                              row.granted_project_ids, row.hidden_channel_ids, row.version, false}};
}

namespace {

/// Lets the caller in by the cached standing, if the guard confirms it.
result<principal> admit_guarded(request_context& context, const principal& who, const standings::standing& known) {
  auto admitted = admit(who, known);
  if (!admitted) return admitted;
  if (auto refused = refuse_weak(context, known)) return std::move(*refused);
  context.guarded = guard_of(*admitted, known);
  return admitted;
}

}  // namespace

boost::asio::awaitable<result<principal>> authenticator::identify(request_context& context) {
  const auto now = std::chrono::steady_clock::now();
  std::optional<result<principal>> known;
  if (const auto script = script_token(context.request)) {
    const auto owner = standings_.find_owner(id_of_token(*script), now);
    if (owner && owner->who.limits->expires_at <= clock_.now()) co_return script_expired();
    if (owner && names_other_tenant(context.request, owner->who)) co_return other_tenant();
    if (owner && owner->what.is_session_live) known = admit_guarded(context, owner->who, owner->what);
  } else {
    auto named = name(context.request);
    if (!named) co_return named.error();
    const auto kept = standings_.find(*named, now);
    if (kept) known = admit_guarded(context, *named, *kept);
  }
  // A refusal from the cache may be outdated, so it is read again.
  if (known && *known) co_return std::move(**known);
  auto read = co_await identify_anew(context);
  co_return read;
}

boost::asio::awaitable<result<principal>> authenticator::identify_anew(request_context& context) {
  context.guarded = nullptr;
  context.is_standing_sure = true;
  if (const auto script = script_token(context.request)) {
    auto identified = co_await identify_script(context, *script);
    co_return identified;
  }
  auto named = name(context.request);
  if (!named) co_return named.error();
  const auto now = std::chrono::steady_clock::now();
  const auto changes = standings_.changes();
  auto read = co_await read_first_of(context, named->tenant_id,
                                     persistence::find_standing(named->member_id, named->session_id));
  if (!read) co_return read.error();
  if (!*read) co_return no_longer("inactive_member", "This member no longer exists. Ask an owner of the company.");
  standings_.keep(*named, **read, changes, now);
  auto admitted = admit(*named, **read);
  if (!admitted) co_return admitted;
  if (auto refused = refuse_weak(context, **read)) co_return std::move(*refused);
  co_return admitted;
}

/// Identifies a token for scripts. Its standing is cached like a session's, under an id derived from the token.
boost::asio::awaitable<result<principal>> authenticator::identify_script(request_context& context,
                                                                         std::string_view token) {
  if (!may_be_api_token(token)) co_return to_problem(token_fault::malformed);
  const auto now = std::chrono::steady_clock::now();
  const auto changes = standings_.changes();
  const auto read = co_await find_script(context, token);
  if (!read) co_return read.error();
  standings_.keep(read->who, read->what, changes, now);
  if (read->who.limits->expires_at <= clock_.now()) co_return script_expired();
  if (names_other_tenant(context.request, read->who)) co_return other_tenant();
  if (!read->what.is_session_live)
    co_return no_longer("revoked_token", "This token was revoked. Its owner can make another: POST /auth/tokens.");
  co_return admit(read->who, read->what);
}

}  // namespace pulse::http
