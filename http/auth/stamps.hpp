// Short texts that prove by themselves that we made them, and for what: refresh tokens, links in mails, devices that are known.
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

/// HMAC-SHA256 over purpose, content and what the text is bound to. Immutable, thread-safe.
class stamp_signer {
 public:
  /// The keys of the access tokens serve here by way of a derived one. `earlier` are still taken: for rotation.
  explicit stamp_signer(const base::secret& secret, const std::vector<base::secret>& earlier = {});

  /// base64url of content and stamp. `bound_to` is not in the text: it is good only while that is the same.
  std::string stamp(stamp_purpose purpose, std::string_view content, std::string_view bound_to = {}) const;

  /// The content, if the stamp is right.
  std::optional<std::string> open(stamp_purpose purpose, std::string_view text, std::string_view bound_to = {}) const;

  /// The content of a text whose stamp nobody has looked at: to find what it is bound to.
  static std::optional<std::string> unproven(std::string_view text);

 private:
  std::vector<std::string> keys_;  // the first stamps
};

/// A refresh token says which session of which company it renews, and which of that session's tokens it is.
struct refresh_content {
  base::uuid tenant_id;
  base::uuid session_id;
  int generation = 0;  // from 0
};
std::string write_refresh_token(const stamp_signer& by, const refresh_content& what);
std::optional<refresh_content> read_refresh_token(const stamp_signer& by, std::string_view text);

/// A member, and until when the text is good: in links of mails and in the cookie of a known device.
struct member_content {
  base::uuid tenant_id;
  base::uuid member_id;
  base::timestamp good_until;  // to the second
};
std::string write_member_stamp(const stamp_signer& by, stamp_purpose purpose, const member_content& what,
                               std::string_view bound_to = {});
/// Nothing when it is forged, for something else, or not good any more.
std::optional<member_content> read_member_stamp(const stamp_signer& by, stamp_purpose purpose, std::string_view text,
                                                base::timestamp now, std::string_view bound_to = {});
/// Whom a text is about that nobody has proven yet.
std::optional<member_content> unproven_member(std::string_view text);

}  // namespace pulse::http
