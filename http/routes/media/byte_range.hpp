// Which bytes a Range header asks for (RFC 9110 §14). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pulse::http::routes {

/// `count` bytes from `first`; a count of 0 means that no requested byte exists (416).
struct byte_range {
  std::int64_t first = 0;
  std::int64_t count = 0;

  friend bool operator==(const byte_range&, const byte_range&) = default;
};

/// The one range that `header` requests of `size` bytes. Nothing means the whole file: also for a malformed header,
/// another unit, or several ranges, which a server may ignore.
std::optional<byte_range> parse_range(std::string_view header, std::int64_t size);

}  // namespace pulse::http::routes
