// Verifies a browser's answer about a passkey (WebAuthn level 2 §7.1, §7.2). Attestation is ignored: nobody is let in
// or kept out by the make of their authenticator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/result.hpp"
#include "base/uuid.hpp"

namespace pulse::domain {

inline constexpr std::size_t credential_id_bytes_min = 16;
inline constexpr std::size_t credential_id_bytes_max = 1023;
inline constexpr std::size_t passkey_key_bytes_max = 2048;
inline constexpr std::size_t challenge_bytes = 32;

/// The site for which browsers make passkeys.
struct relying_party {
  std::string id;      // "pulse.example.org"
  std::string origin;  // "https://pulse.example.org"
};
/// Of the address of the dashboard (PUBLIC_APP_URL). Empty where that has no name, but a number: no browser makes
/// passkeys for one.
relying_party relying_party_of(std::string_view app_url);

/// What an answer must match.
struct passkey_expectation {
  relying_party here;
  std::string challenge;  // as it was handed out, base64url
};

/// Why an answer is refused.
enum class passkey_fault : std::uint8_t {
  malformed,
  wrong_type,  // of another ceremony
  wrong_challenge,
  wrong_origin,  // of another page, or framed by one
  wrong_relying_party,
  not_present,   // nobody has touched it
  not_verified,  // it has not asked for a PIN, a finger or a face
  wrong_key,     // another way of signing, or no sound key
  wrong_owner,   // it says that it is somebody else's
  wrong_signature,
  went_back,  // its counter: there may be a copy of it
};
BOOST_DESCRIBE_ENUM(passkey_fault, malformed, wrong_type, wrong_challenge, wrong_origin, wrong_relying_party,
                    not_present, not_verified, wrong_key, wrong_owner, wrong_signature, went_back)

/// A passkey as it is to be kept.
struct made_passkey {
  std::string credential_id;
  std::string public_key;  // COSE_Key, as it came
  std::uint32_t uses = 0;  // its counter; many authenticators leave it at zero
  bool is_synced = false;  // kept by more than one device
  base::uuid model;        // AAGUID; often nil
};

/// What a browser gives when a passkey was made.
struct passkey_creation {
  std::string client_data;         // JSON
  std::string attestation_object;  // CBOR
};
base::result<made_passkey, passkey_fault> judge(const passkey_expectation& expected, const passkey_creation& given);

/// What a browser gives when one was used.
struct passkey_assertion {
  std::string credential_id;
  std::string client_data;         // JSON
  std::string authenticator_data;  // its own form
  std::string signature;
  std::string user_handle;  // whose it says it is
};

/// The stored facts about a passkey.
struct known_passkey {
  std::string public_key;
  std::uint32_t uses = 0;
  std::string user_handle;
};

struct passkey_use {
  std::uint32_t uses = 0;
  bool is_synced = false;
};
base::result<passkey_use, passkey_fault> judge(const passkey_expectation& expected, const known_passkey& known,
                                               const passkey_assertion& given);

/// The name by which an authenticator keeps a member: says nothing about them.
std::string user_handle_of(const base::uuid& member_id);

}  // namespace pulse::domain
