// A field of a change that can also be emptied.
#pragma once

#include <optional>

namespace pulse::base {

/// Left out (what is there stays), null (it is emptied), or a value. In JSON a member of this type need not be there.
template <class T>
struct nullable {
  using value_type = T;

  bool is_given = false;
  std::optional<T> value = std::nullopt;  // none while nothing is given, and for null

  friend bool operator==(const nullable&, const nullable&) = default;
};

}  // namespace pulse::base
