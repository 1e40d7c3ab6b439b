// A member that is omitted from JSON when it has no value.
#pragma once

#include <optional>
#include <utility>

namespace pulse::base {

/// Without a value it is omitted from the JSON, where a std::optional is written as null. It is read like a
/// std::optional.
template <class T>
struct omittable : std::optional<T> {
  using std::optional<T>::optional;
  omittable(std::optional<T> value) : std::optional<T>{std::move(value)} {}
};

}  // namespace pulse::base
