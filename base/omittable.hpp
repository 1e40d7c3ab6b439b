// A member that a JSON object only has when there is something to say.
#pragma once

#include <optional>
#include <utility>

namespace pulse::base {

/// Written to JSON without a value it leaves no trace, where a std::optional is written as null; read, it is the same as one.
template <class T>
struct omittable : std::optional<T> {
  using std::optional<T>::optional;
  omittable(std::optional<T> value) : std::optional<T>{std::move(value)} {}
};

}  // namespace pulse::base
