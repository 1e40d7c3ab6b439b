// Whole numbers whose bounds are part of their type, so that validation and the OpenAPI schema come from the
// declaration.
#pragma once

#include <cstdint>

namespace pulse::base {

/// A whole number from `Min` to `Max`. The bounds are checked where it is read from outside (JSON, query).
template <std::int64_t Min, std::int64_t Max>
struct bounded_int {
  static constexpr std::int64_t min = Min;
  static constexpr std::int64_t max = Max;

  std::int64_t value = Min;

  friend bool operator==(const bounded_int&, const bounded_int&) = default;
};

}  // namespace pulse::base
