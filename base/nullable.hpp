// A field of a PATCH that can also be set to null.
#pragma once

#include <optional>

namespace pulse::base {

/// Omitted (unchanged), null (emptied), or a value. In JSON a member of this type may be missing.
template <class T>
struct nullable {
  using value_type = T;

  bool is_given = false;
  std::optional<T> value = std::nullopt;  // none while nothing is given, and for null

  friend bool operator==(const nullable&, const nullable&) = default;
};

}  // namespace pulse::base
