// Text whose bounds are part of its type, so that validation and the OpenAPI schema come from the declaration alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::base {

/// The number of Unicode code points in valid UTF-8.
std::size_t count_code_points(std::string_view utf8);

/// Whether the bytes are valid UTF-8 (RFC 3629) without NUL.
bool is_clean_utf8(std::string_view bytes);

/// Why `value` is not acceptable as text of `min` to `max` code points, as the end of a sentence about it ("must not be
/// empty"); nothing when it is.
std::optional<std::string> text_problem(std::string_view value, std::size_t min, std::size_t max);

/// UTF-8 of `Min` to `Max` code points. The bounds are checked where it is read from outside (JSON, query, settings).
template <std::size_t Min, std::size_t Max>
struct text {
  static constexpr std::size_t min_size = Min;
  static constexpr std::size_t max_size = Max;

  std::string value;

  friend bool operator==(const text&, const text&) = default;
};

}  // namespace pulse::base
