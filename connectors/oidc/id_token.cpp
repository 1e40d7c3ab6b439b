#include "connectors/oidc/id_token.hpp"

#include <boost/json.hpp>

#include "base/secure.hpp"
#include "connectors/shared/reply_words.hpp"

namespace pulse::connectors::oidc {

namespace {

std::optional<boost::json::object> object_in(std::string_view part) {
  const auto text = base::from_base64url(part);
  return text ? object_of(*text) : std::nullopt;
}

std::optional<base::signing_method> method_called(std::string_view name) {
  if (name == "RS256") return base::signing_method::RS256;
  if (name == "ES256") return base::signing_method::ES256;
  return std::nullopt;
}

/// A NumericDate (RFC 7519 §2); fractions are cut. False: there is something else.
bool read_time(const boost::json::object& from, std::string_view name, std::optional<std::int64_t>& to) {
  const auto* found = from.if_contains(name);
  if (found == nullptr) return true;
  constexpr std::int64_t latest = 253'402'300'799;  // the year 9999
  if (found->is_int64()) {
    to = found->get_int64();
  } else if (found->is_double() && found->get_double() >= 0 && found->get_double() <= static_cast<double>(latest)) {
    to = static_cast<std::int64_t>(found->get_double());
  } else {
    return false;
  }
  return *to >= 0 && *to <= latest;
}

bool read_audiences(const boost::json::object& from, std::vector<std::string>& to) {
  constexpr std::size_t audiences_max = 16;
  const auto* found = from.if_contains("aud");
  if (found == nullptr) return false;
  if (found->is_string()) {
    to.emplace_back(found->get_string());
    return true;
  }
  if (!found->is_array() || found->get_array().size() > audiences_max) return false;
  for (const auto& each : found->get_array()) {
    if (!each.is_string()) return false;
    to.emplace_back(each.get_string());
  }
  return true;
}

bool read_text(const boost::json::object& from, std::string_view name, std::optional<std::string>& to) {
  const auto* found = from.if_contains(name);
  if (found == nullptr) return true;
  if (!found->is_string()) return false;
  to.emplace(found->get_string());
  return true;
}

bool is_true(const boost::json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  if (found == nullptr) return false;
  return (found->is_bool() && found->get_bool()) || (found->is_string() && found->get_string() == "true");
}

bool read_claims(const boost::json::object& from, domain::id_token_claims& to) {
  std::optional<std::int64_t> expires_at;
  if (!read_time(from, "exp", expires_at) || !expires_at) return false;
  if (!read_time(from, "iat", to.issued_at) || !read_time(from, "nbf", to.not_before)) return false;
  if (!read_audiences(from, to.audiences)) return false;
  if (!read_text(from, "azp", to.authorized_party) || !read_text(from, "nonce", to.nonce)) return false;
  to.expires_at = *expires_at;
  to.issuer = text_at(from, "iss");
  to.subject = text_at(from, "sub");
  to.email = text_at(from, "email");
  to.is_email_verified = is_true(from, "email_verified");
  to.name = text_at(from, "name");
  return true;
}

}  // namespace

std::optional<unproven_token> read_id_token(std::string_view text) {
  if (text.size() > id_token_bytes_max) return std::nullopt;
  const auto first = text.find('.');
  const auto second = first == text.npos ? first : text.find('.', first + 1);
  if (second == text.npos || text.find('.', second + 1) != text.npos) return std::nullopt;
  const auto header = object_in(text.substr(0, first));
  const auto claims = object_in(text.substr(first + 1, second - first - 1));
  const auto signature = base::from_base64url(text.substr(second + 1));
  if (!header || !claims || !signature || signature->empty() || header->contains("crit")) return std::nullopt;
  const auto method = method_called(text_at(*header, "alg"));
  if (!method) return std::nullopt;
  unproven_token made{.key_id = text_at(*header, "kid"),
                      .method = *method,
                      .signed_text = std::string{text.substr(0, second)},
                      .signature = *signature,
                      .claims = {}};
  if (!read_claims(*claims, made.claims)) return std::nullopt;
  return made;
}

proof prove(const unproven_token& token, const std::vector<base::verifying_key>& keys) {
  const base::verifying_key* found = nullptr;
  for (const auto& each : keys) {
    if (each.method() != token.method || (!token.key_id.empty() && each.id() != token.key_id)) continue;
    if (found != nullptr) return proof::unknown_key;  // it does not say which
    found = &each;
  }
  if (found == nullptr) return proof::unknown_key;
  return found->verifies(token.signed_text, token.signature) ? proof::good : proof::forged;
}

}  // namespace pulse::connectors::oidc
