// What an ID token must say before anybody is let in by it (OpenID Connect Core §3.1.3.7). That its signature is right
// is another matter: connectors/oidc.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"

namespace pulse::domain {

/// The claims, as they stand in the token.
struct id_token_claims {
  std::string issuer;
  std::string subject;
  std::vector<std::string> audiences;
  std::optional<std::string> authorized_party;
  std::optional<std::string> nonce;
  std::int64_t expires_at = 0;  // seconds since 1970
  std::optional<std::int64_t> issued_at;
  std::optional<std::int64_t> not_before;
  std::string email;
  bool is_email_verified = false;
  std::string name;
};

/// The expected values.
struct expected_id_token {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  bool is_nonce_told =
      true;  // false: this provider is known to leave it out; where it is there, it must be right all the same
};

enum class id_token_fault : std::uint8_t {
  issuer,    // another provider's
  audience,  // for another client
  nonce,     // of another sign-in
  expired,
  not_yet,  // made in the future, or long before this sign-in began
  subject,  // has no subject
};
BOOST_DESCRIBE_ENUM(id_token_fault, issuer, audience, nonce, expired, not_yet, subject)

/// Clocks differ by so much.
inline constexpr std::chrono::seconds id_token_leeway{60};
/// A token is made when the code is exchanged; one that is older is not of this sign-in.
inline constexpr std::chrono::seconds id_token_age_max{600};
inline constexpr std::size_t subject_bytes_max = 255;

/// Nothing: it is good now.
std::optional<id_token_fault> judge_id_token(const id_token_claims& told, const expected_id_token& expected,
                                             base::timestamp now);

}  // namespace pulse::domain
