#include "http/auth/tokens.hpp"

#include <fmt/core.h>

#include "base/json.hpp"

namespace pulse::http {

namespace {

using base::as_text;
using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr std::string_view issuer = "pulse";
constexpr std::string_view audience = "pulse-api";

/// The claims of the token (RFC 7519 §4.1; `tid` and `sid` are ours).
struct claims {
  std::string iss;
  std::string aud;
  base::uuid sub;
  base::uuid tid;
  base::uuid sid;
  std::string jti;
  std::int64_t iat = 0;
  std::int64_t nbf = 0;
  std::int64_t exp = 0;
};
BOOST_DESCRIBE_STRUCT(claims, (), (iss, aud, sub, tid, sid, jti, iat, nbf, exp))

std::int64_t to_unix_seconds(base::timestamp at) { return duration_cast<seconds>(at.time_since_epoch()).count(); }

constexpr std::int64_t unix_seconds_max = 253'402'300'799;  // the year 9999: anything later is not a time

bool is_moment(std::int64_t unix_seconds) { return unix_seconds >= 0 && unix_seconds <= unix_seconds_max; }

struct parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;  // header.payload
};

std::optional<parts> split(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
               token.substr(0, second)};
}

std::string sign_text(const std::string& secret, std::string_view text) {
  return base::to_base64url(as_text(base::hmac_sha256(secret, text)));
}

}  // namespace

token_signer::token_signer(const base::secret& secret, const std::vector<base::secret>& earlier) {
  keys_.push_back(make_key(secret));
  for (const auto& old : earlier) keys_.push_back(make_key(old));
}

token_signer::key token_signer::make_key(const base::secret& secret) {
  // The key's id distinguishes keys and reveals nothing about them.
  const auto id = base::to_hex(base::hmac_sha256(secret.reveal(), "pulse key id")).substr(0, 16);
  return {secret.reveal(), base::to_base64url(R"({"alg":"HS256","typ":"JWT","kid":")" + id + "\"}")};
}

std::string token_signer::sign(const principal& who, base::timestamp now) const {
  const auto& current = keys_.front();
  claims made;
  made.iss = issuer;
  made.aud = audience;
  made.sub = who.member_id;
  made.tid = who.tenant_id;
  made.sid = who.session_id;
  made.jti = base::random_token(12);
  made.iat = to_unix_seconds(now);
  made.nbf = made.iat;
  made.exp = made.iat + access_token_lifetime.count();
  auto token = fmt::format("{}.{}", current.header, base::to_base64url(base::json::to_json(made)));
  token += "." + sign_text(current.secret, token);
  return token;
}

base::result<access_claims, token_fault> token_signer::verify(std::string_view token, base::timestamp now) const {
  if (token.size() > access_token_bytes_max) return token_fault::malformed;
  const auto found = split(token);
  if (!found) return token_fault::malformed;
  const auto known =
      std::find_if(keys_.begin(), keys_.end(), [&](const auto& one) { return one.header == found->header; });
  if (known == keys_.end()) return token_fault::foreign;
  if (!base::equal_in_constant_time(found->signature, sign_text(known->secret, found->signed_text)))
    return token_fault::forged;

  const auto payload = base::from_base64url(found->payload);
  if (!payload) return token_fault::malformed;
  const auto read = base::json::read<claims>(*payload);
  if (!read) return token_fault::malformed;
  if (read->iss != issuer || read->aud != audience) return token_fault::misplaced;
  if (!is_moment(read->exp) || !is_moment(read->nbf) || !is_moment(read->iat)) return token_fault::malformed;
  const auto at = to_unix_seconds(now);
  if (read->exp <= at) return token_fault::expired;
  if (std::max(read->nbf, read->iat) > at + clock_leeway.count()) return token_fault::not_yet;
  return access_claims{{read->tid, read->sub, read->sid}, base::timestamp{seconds{read->exp}}};
}

}  // namespace pulse::http
