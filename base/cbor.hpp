// CBOR (RFC 8949) as authenticators write it: bytes become a tree of views. Items are libcbor's, taken one at a time,
// so nothing is allocated because a length says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pulse::base {

/// More than these is refused: nothing here needs as much.
inline constexpr std::size_t cbor_bytes_max = 64 * 1024;
inline constexpr std::size_t cbor_items_max = 256;
inline constexpr int cbor_depth_max = 8;

enum class cbor_kind : std::uint8_t { whole, bytes, text, array, map, other };

struct cbor_value {
  cbor_kind kind = cbor_kind::other;
  std::int64_t whole = 0;         // of `whole`
  std::string_view content;       // of `bytes` and `text`; points into the input
  std::vector<cbor_value> items;  // of `array`; of `map` key and value in turn

  /// The value of a key of a map; null if the key is missing, or this is no map.
  const cbor_value* find(std::string_view key) const;
  const cbor_value* find(std::int64_t key) const;
  /// The same, where it is of that kind.
  std::optional<std::string_view> find_content(std::string_view key, cbor_kind of_kind) const;
  std::optional<std::string_view> find_content(std::int64_t key, cbor_kind of_kind) const;
  std::optional<std::int64_t> find_whole(std::int64_t key) const;
};

struct cbor_read {
  cbor_value value;
  std::size_t bytes = 0;  // the number of bytes read; later ones are ignored
};

/// The first item of `data`, which outlives it. Nothing where it is not complete, deeper or larger than the limits, has
/// an indefinite length or a tag, a whole number beyond 63 bits, or a map with a key twice or one that is neither text
/// nor a whole number.
std::optional<cbor_read> read_cbor(std::string_view data);

}  // namespace pulse::base
