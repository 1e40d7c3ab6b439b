// Public keys of authenticators (COSE_Key, RFC 9052 §7, RFC 9053, as WebAuthn level 2 §5.8.5 wants them).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/cbor.hpp"
#include "base/public_keys.hpp"

namespace pulse::base {

/// The accepted signature algorithms with their COSE numbers, the preferred one first.
enum class cose_method : std::int32_t { EdDSA = -8, ES256 = -7, RS256 = -257 };
inline constexpr std::array cose_methods{cose_method::ES256, cose_method::EdDSA, cose_method::RS256};

/// The key; null when it is malformed, of another algorithm, type or curve, or its numbers make no key.
std::shared_ptr<const public_key> to_public_key(const cbor_value& from);
/// The same for a stored key: nothing may follow it.
std::shared_ptr<const public_key> parse_cose_key(std::string_view bytes);

}  // namespace pulse::base
