// The cryptographic primitives that several rooms need, each a thin wrapper of OpenSSL.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace pulse::base {

/// Fills `out` from the system's secure generator. Ends the process if the system has none: nothing safe could follow.
void random_bytes(std::span<std::uint8_t> out);

/// `count` random bytes as base64url: for tokens and generated keys.
std::string random_token(std::size_t count);

/// Both end the process if the system's library cannot do them.
std::array<std::uint8_t, 32> sha256(std::string_view data);
std::array<std::uint8_t, 32> hmac_sha256(std::string_view key, std::string_view data);

/// For one-time codes (RFC 6238), whose authenticators support nothing else.
std::array<std::uint8_t, 20> hmac_sha1(std::string_view key, std::string_view data);

/// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// base64url without padding (RFC 4648 §5).
std::string to_base64url(std::string_view bytes);
/// Nothing when a character is not of the alphabet, the length is impossible, or the unused bits are not zero.
std::optional<std::string> from_base64url(std::string_view text);

/// Lower-case hexadecimal.
std::string to_hex(std::span<const std::uint8_t> bytes);

/// The bytes of an array as text, for the functions above.
template <std::size_t N>
std::string_view as_text(const std::array<std::uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), N};
}

/// A secret in memory: a stream prints it as `***`, the log's formatter does not accept it, and it is read only by
/// name.
class secret {
 public:
  secret() = default;
  explicit secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend std::ostream& operator<<(std::ostream& out, const secret&) { return out << "***"; }

 private:
  std::string value_;
};

}  // namespace pulse::base
