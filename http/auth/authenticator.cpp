#include "http/auth/authenticator.hpp"

#include <functional>

#include "http/bridges/database_bridge.hpp"

namespace pulse::http {

namespace {

/// The token after "Bearer", whose case does not matter (RFC 9110 §11.1).
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

problem no_longer(std::string_view code, std::string_view detail) { return problems::unauthenticated(code, detail); }

/// The member with the role of now, or why they are not let in.
outcome<principal> admit(principal who, const standings::standing& now_is) {
  if (!now_is.is_session_live)
    return no_longer("session_ended", "This session has ended. Sign in with POST /auth/login.");
  if (!now_is.is_active)
    return no_longer("inactive_member", "This member is no longer active. Ask an owner of the company.");
  if (now_is.is_suspended)
    return problems::forbidden("company_suspended", "This company is suspended. Ask the operator of this service.");
  who.role = now_is.role;
  who.is_platform_admin = now_is.is_platform_admin;
  return who;
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

outcome<access_claims> authenticator::verify(std::string_view token) {
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

outcome<principal> authenticator::name(const server::request& asked) {
  const auto authorization = asked.find("authorization");
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
  if (const auto tenant = asked.find("x-tenant-id")) {
    const auto named = base::parse_uuid(*tenant);
    if (!named || *named != claims->who.tenant_id) {
      return problems::forbidden(
          "other_tenant", "X-Tenant-ID names another company than the access token. Leave it out, or sign in there.");
    }
  }
  return claims->who;
}

outcome<std::optional<principal>> authenticator::presume(const server::request& asked) {
  auto named = name(asked);
  if (!named) return named.error();
  const auto known = standings_.find(*named, std::chrono::steady_clock::now());
  if (!known) return std::optional<principal>{};
  auto admitted = admit(*named, *known);
  if (!admitted) return admitted.error();
  return std::optional<principal>{*admitted};
}

boost::asio::awaitable<outcome<principal>> authenticator::identify(call& of) {
  auto named = name(of.request);
  if (!named) co_return named.error();
  const auto now = std::chrono::steady_clock::now();
  if (const auto known = standings_.find(*named, now)) co_return admit(*named, *known);
  const auto changes = standings_.changes();
  auto read = co_await read_first_of<standings::standing>(of, named->tenant_id, persistence::find_standing,
                                                          named->member_id, named->session_id);
  if (!read) co_return read.error();
  if (!*read) co_return no_longer("inactive_member", "This member is not there any more. Ask an owner of the company.");
  standings_.keep(*named, **read, changes, now);
  co_return admit(*named, **read);
}

}  // namespace pulse::http
