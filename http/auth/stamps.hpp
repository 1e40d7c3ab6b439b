// Signed short texts: refresh tokens, links in mails, known devices. Each proves that we made it, and for what purpose.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/secure.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"

namespace pulse::http {

enum class stamp_purpose : std::uint8_t {
  refresh,
  device,
  verify_email,
  reset_password,
  second_factor,
  sign_in_pass,
  passkey
};
BOOST_DESCRIBE_ENUM(stamp_purpose, refresh, device, verify_email, reset_password, second_factor, sign_in_pass, passkey)

/// HMAC-SHA256 over the purpose, the content and the value that the text is bound to. Immutable, thread-safe.
class stamp_signer {
 public:
  /// The keys are derived from those of the access tokens. `earlier` ones are still accepted, for rotation.
  explicit stamp_signer(const base::secret& secret, const std::vector<base::secret>& earlier = {});

  /// base64url of content and stamp. `bound_to` is not in the text; the stamp is invalid once that value changes.
  std::string stamp(stamp_purpose purpose, std::string_view content, std::string_view bound_to = {}) const;

  /// The content, if the stamp is valid.
  std::optional<std::string> open(stamp_purpose purpose, std::string_view text, std::string_view bound_to = {}) const;

  /// The content without a check of the stamp: for looking up the value that it is bound to.
  static std::optional<std::string> unproven(std::string_view text);

 private:
  std::vector<std::string> keys_;  // the first stamps
};

/// The content of a refresh token: the session and company that it renews, and its number among the session's tokens.
struct refresh_content {
  base::uuid tenant_id;
  base::uuid session_id;
  int generation = 0;  // from 0
};
std::string write_refresh_token(const stamp_signer& by, const refresh_content& what);
std::optional<refresh_content> read_refresh_token(const stamp_signer& by, std::string_view text);

/// A member and an expiry time: in links of mails and in the cookie of a known device.
struct member_content {
  base::uuid tenant_id;
  base::uuid member_id;
  base::timestamp good_until;  // to the second
};
std::string write_member_stamp(const stamp_signer& by, stamp_purpose purpose, const member_content& what,
                               std::string_view bound_to = {});
/// Nothing when it is forged, for another purpose, or has expired.
std::optional<member_content> read_member_stamp(const stamp_signer& by, stamp_purpose purpose, std::string_view text,
                                                base::timestamp now, std::string_view bound_to = {});
/// The member in a text, without a check of the stamp.
std::optional<member_content> unproven_member(std::string_view text);

}  // namespace pulse::http
