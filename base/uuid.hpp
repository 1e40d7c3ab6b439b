// Ids: UUIDs, made by us as version 7 so that they sort by the time they were made.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace pulse::base {

/// 128 bits (RFC 9562). All zero means "none".
struct uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const uuid&, const uuid&) = default;
  /// The default calls a function for each pair; this is two comparisons of words.
  friend bool operator==(const uuid& left, const uuid& right) {
    return std::memcmp(left.bytes.data(), right.bytes.data(), sizeof left.bytes) == 0;
  }
  bool is_nil() const { return *this == uuid{}; }
};

/// A new version 7 id (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits from the system's secure
/// source. Thread-safe. Ids of one millisecond are in no order.
uuid new_uuid(timestamp now);

/// A version 8 id made of the SHA-256 of `name` (RFC 9562 §5.8): the same name always gives the same id.
uuid uuid_from_name(std::string_view name);

/// Lower case, 36 characters.
std::string to_string(const uuid& id);

/// Reads the 36-character form, either case; nothing for anything else.
std::optional<uuid> parse_uuid(std::string_view text);

}  // namespace pulse::base

template <>
struct std::hash<pulse::base::uuid> {
  /// The last eight bytes of a version 7 id are random: they are the hash.
  std::size_t operator()(const pulse::base::uuid& id) const noexcept {
    std::size_t value;
    std::memcpy(&value, id.bytes.data() + 8, sizeof value);
    return value;
  }
};
