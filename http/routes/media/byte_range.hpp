// Which bytes a Range header asks for (RFC 9110 §14). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pulse::http::routes {

/// From `first`, `count` bytes; a count of 0: none of the wanted are there (416).
struct byte_range {
  std::int64_t first = 0;
  std::int64_t count = 0;

  friend bool operator==(const byte_range&, const byte_range&) = default;
};

/// The one range that `header` asks for of `size` bytes. Nothing: all of them, also for what is malformed, of another unit, or more than
/// one range, which a server may pass over.
std::optional<byte_range> parse_range(std::string_view header, std::int64_t size);

}  // namespace pulse::http::routes
