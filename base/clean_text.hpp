// Sanitizes untrusted text so that it can be stored.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pulse::base {

/// Every byte that is not part of valid UTF-8, and NUL, becomes `?`; what is beyond `most` bytes is cut off, never
/// within a character.
std::string clean_utf8(std::string_view bytes, std::size_t most);

}  // namespace pulse::base
