// Makes public keys of their numbers, checked by OpenSSL before they verify anything. For base/jwk and base/cose.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace pulse::base {

inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;

/// One key and the one algorithm that it verifies. Immutable, thread-safe.
class public_key {
 public:
  /// Each is null when the numbers make no accepted key: too short, too long, no point of the curve.
  static std::shared_ptr<const public_key> rsa(std::string_view modulus, std::string_view exponent);
  static std::shared_ptr<const public_key> p256(std::string_view x, std::string_view y);  // 32 bytes each
  static std::shared_ptr<const public_key> ed25519(std::string_view bytes);               // 32

  virtual ~public_key() = default;
  /// RSASSA-PKCS1-v1_5 or ECDSA (as DER) over SHA-256, or Ed25519.
  virtual bool verifies(std::string_view text, std::string_view signature) const = 0;
};

}  // namespace pulse::base
