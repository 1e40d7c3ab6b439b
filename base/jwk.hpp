// Public keys as JSON Web Key Sets (RFC 7517, RFC 7518 §6), and the signatures of JSON Web Tokens made with them; keys
// and arithmetic are OpenSSL's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/public_keys.hpp"

namespace pulse::base {

/// The only accepted signature algorithms: never "none", never one with a shared secret.
enum class signing_method : std::uint8_t { RS256, ES256 };
BOOST_DESCRIBE_ENUM(signing_method, RS256, ES256)

/// One key that verifies one algorithm. Immutable, thread-safe, cheap to copy.
class verifying_key {
 public:
  const std::string& id() const { return id_; }  // "kid"; may be empty
  signing_method method() const { return method_; }

  /// False also where the signature has another form than this method's.
  bool verifies(std::string_view text, std::string_view signature) const;

 private:
  friend std::optional<std::vector<verifying_key>> parse_key_set(std::string_view json);
  std::string id_;
  signing_method method_ = signing_method::RS256;
  std::shared_ptr<const public_key> key_;
};

/// Maximum number of keys of a set that are read; further ones are ignored.
inline constexpr std::size_t set_keys_max = 32;

/// The keys of a set that are for signatures and of an accepted form; others are ignored, as RFC 7517 §5 requires.
/// Nothing when the text is no key set.
std::optional<std::vector<verifying_key>> parse_key_set(std::string_view json);

}  // namespace pulse::base
