// Whether a text is invisible: the one definition of an empty text, for all input from outside.
#pragma once

#include <string_view>

namespace pulse::base {

/// Whether `utf8` is invisible: it is empty, or nothing but white space, control characters, and what is invisible or
/// looks empty (zero-width, format and filler characters, Braille without dots). Bytes that are no UTF-8 count as
/// visible. Facts: Unicode 15's White_Space, Default_Ignorable_Code_Point, Noncharacter_Code_Point, and categories Cc,
/// Cf (but for Prepended_Concatenation_Mark) and Z; tests/domain/platforms/unicode.cpp compares every code point with
/// ICU's.
bool is_blank(std::string_view utf8);

}  // namespace pulse::base
