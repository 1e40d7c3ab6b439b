// How many files and sockets the process may have open.
#pragma once

#include <cstddef>

namespace pulse::base {

/// Raises the soft limit of open descriptors to the hard one, which needs no rights. The limit that now holds; the old
/// one when the system refuses.
std::size_t raise_descriptor_limit();

}  // namespace pulse::base
