// How Catch2 prints a base::result: Boost's own `<<` wants a printable value and a printable error, and most have
// neither.
#pragma once

#include <catch2/catch.hpp>

#include "base/result.hpp"

namespace Catch {

template <class T, class E>
struct StringMaker<boost::system::result<T, E>> {
  static std::string convert(const boost::system::result<T, E>& result) { return result ? "a value" : "an error"; }
};

}  // namespace Catch
