// Access tokens, which prove who the caller is. What that member may do is in the database (auth/standings).
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/time.hpp"
#include "http/auth/principal.hpp"

namespace pulse::http {

/// The longest life of an access token; it also ends with its session.
inline constexpr std::chrono::seconds access_token_lifetime = std::chrono::minutes{15};
/// The largest allowed difference between the clocks of two nodes.
inline constexpr std::chrono::seconds clock_leeway{30};
/// Longer tokens are refused unread.
inline constexpr std::size_t access_token_bytes_max = 1024;

enum class token_fault : std::uint8_t {
  malformed,  // not three parts of base64url, too long, or not our claims
  foreign,    // another algorithm, type or key than ours; "none" is one of them
  forged,     // the signature is wrong
  misplaced,  // another issuer or audience
  expired,
  not_yet,  // nbf or iat lie in the future
};
BOOST_DESCRIBE_ENUM(token_fault, malformed, foreign, forged, misplaced, expired, not_yet)

/// The content of a valid access token.
struct access_claims {
  principal who;
  base::timestamp expires_at;
};

/// Signs and verifies access tokens: JWTs (RFC 7519) signed with HS256 (RFC 7515, RFC 7518 §3.2). Each key has a fixed
/// header, so the algorithm is pinned by comparing bytes. Immutable, thread-safe.
class token_signer {
 public:
  /// `secret` has at least 32 bytes in production. Tokens signed with one of `earlier` stay valid, for rotation.
  explicit token_signer(const base::secret& secret, const std::vector<base::secret>& earlier = {});

  std::string sign(const principal& who, base::timestamp now) const;

  base::result<access_claims, token_fault> verify(std::string_view token, base::timestamp now) const;

 private:
  struct key {
    std::string secret;
    std::string header;  // base64url of {"alg":"HS256","typ":"JWT","kid":"…"}
  };
  static key make_key(const base::secret& secret);

  std::vector<key> keys_;  // the first signs
};

}  // namespace pulse::http
