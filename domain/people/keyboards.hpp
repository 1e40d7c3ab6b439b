// Where keys lie on the keyboards that people have.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace pulse::domain {

struct key_place {
  int row = 0;
  int column = 0;
};

/// The keys of a US keyboard, row by row from the left, without Shift.
std::u32string_view us_keyboard();

/// Of other keyboards the keys at the same places: QWERTZ, AZERTY, Dvorak, Colemak, and those of other alphabets.
std::span<const std::u32string_view> other_keyboards();

/// Where `c` lies on a US keyboard, with or without Shift; nothing when it is not there.
std::optional<key_place> place_of(char32_t c);

}  // namespace pulse::domain
