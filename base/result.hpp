// A value or the reason why there is none: the type of errors between rooms.
#pragma once

#include <boost/system/result.hpp>

namespace pulse::base {

/// A `T`, or an `E` that says why not. `E` is a room's own error type (an enum with a sentence a value, or a struct
/// around one). Read with `if (r) use(*r); else report(r.error());`; `value()` is not used because it throws. `error()`
/// returns a copy: keep that, not a reference into it (`for (auto& p : r.error().problems)` reads what is gone).
template <class T, class E>
using result = boost::system::result<T, E>;

}  // namespace pulse::base
