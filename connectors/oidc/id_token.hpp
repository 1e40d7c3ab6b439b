// An ID token as it comes from a provider: a signed JSON Web Token (RFC 7515 §7.1, RFC 7519). Anything unusual is none.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/jwk.hpp"
#include "domain/people/id_token.hpp"

namespace pulse::connectors::oidc {

/// Longer tokens are none.
inline constexpr std::size_t id_token_bytes_max = 16 * 1024;

/// Read, and not believed yet.
struct unproven_token {
  std::string key_id;  // empty: it names none
  base::signing_method method = base::signing_method::RS256;
  std::string signed_text;
  std::string signature;
  domain::id_token_claims claims;
};

/// Nothing when it is malformed, signed in a way that is not taken ("none" among them), or asks for an extension
/// ("crit").
std::optional<unproven_token> read_id_token(std::string_view text);

enum class proof : std::uint8_t { good, unknown_key, forged };

/// Whether a key of the set has signed it. A token that names its key is good by that key alone; one that names none,
/// by the only key of its method.
proof prove(const unproven_token& token, const std::vector<base::verifying_key>& keys);

}  // namespace pulse::connectors::oidc
