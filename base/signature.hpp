// Signatures that others can verify without being able to make them: Ed25519 (RFC 8032), by OpenSSL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secure.hpp"

namespace pulse::base {

/// A key that is derived from a secret and a purpose, and the keys that it has replaced, whose signatures are still
/// accepted. Thread-safe.
class signing_key {
 public:
  signing_key(const secret& from, std::string_view purpose, const std::vector<secret>& earlier = {});

  /// 64 bytes.
  std::string sign(std::string_view text) const;
  /// 32 bytes, for verifiers.
  const std::string& public_key() const { return public_key_; }
  /// The public key that has signed this: the current one, or an earlier one. Empty: none of them.
  std::string signer_of(std::string_view text, std::string_view signature) const;

 private:
  secret seed_;
  std::string public_key_;
  std::vector<std::string> earlier_public_keys_;
};

/// False also where either is no key or signature at all.
bool is_signed_by(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace pulse::base
