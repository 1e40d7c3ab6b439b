// Encryption of secrets at rest: AES-256-GCM under a ring of keys.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.hpp"
#include "base/secure.hpp"
#include "base/uuid.hpp"

namespace pulse::persistence {

enum class secret_box_failure {
  malformed,    // not something that a secret box wrote
  unknown_key,  // sealed under a key that is not in the ring
  tampered,     // changed, or moved from another tenant, table, row or column
};
BOOST_DESCRIBE_ENUM(secret_box_failure, malformed, unknown_key, tampered)

/// What a value means, as a sentence for an operator.
std::string_view sentence(secret_box_failure value);

/// The place a secret is stored in. It is authenticated with the secret, so that one cannot be moved to another row.
struct secret_place {
  base::uuid tenant_id;
  std::string_view table;
  base::uuid row_id;
  std::string_view column;
};

/// Immutable after construction; thread-safe.
class secret_box {
 public:
  static constexpr std::size_t nonce_size = 12;
  static constexpr std::size_t tag_size = 16;
  /// What sealing adds: version byte, key id, nonce, tag.
  static constexpr std::size_t overhead = 2 + nonce_size + tag_size;
  static constexpr std::size_t max_keys = 16;

  /// The settings' key strings, newest first: the first seals, all of them open. A key's 32 bytes come from its string
  /// by HKDF-SHA256 (RFC 5869), its id of one byte likewise. At least one, at most `max_keys`, none empty: else the
  /// error is a sentence that says what to change.
  static base::result<secret_box, std::string> make(const std::vector<base::secret>& keys);

  /// Version byte, key id, nonce, ciphertext, tag.
  std::string seal(std::string_view plain, const secret_place& place) const;
  base::result<std::string, secret_box_failure> open(std::string_view sealed, const secret_place& place) const;
  /// Whether it was sealed under an older key: seal it again when it is next written.
  bool needs_sealing(std::string_view sealed) const;

 private:
  struct key {
    std::uint8_t id;
    std::array<std::uint8_t, 32> bytes;
  };

  explicit secret_box(std::vector<key> keys) : keys_(std::move(keys)) {}

  std::vector<key> keys_;  // newest first
};

}  // namespace pulse::persistence
