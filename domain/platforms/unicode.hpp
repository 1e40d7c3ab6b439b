// UTF-8 to code points and back, the canonical form, and emoji: what counting and comparing texts needs of ICU.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pulse::domain {

/// The code points of `utf8` in Unicode's canonical composed form (NFC, UAX #15); U+FFFD for invalid bytes.
std::u32string to_nfc(std::string_view utf8);

std::string to_utf8(std::u32string_view text);

/// How many code points from `at` make one emoji (UTS #51: presentation selectors, keycaps, skin tones, flags, ZWJ
/// sequences that are recommended for interchange); 0 when none begins there. "©" and "1" are emoji only where the text
/// says so.
std::size_t emoji_size(std::u32string_view text, std::size_t at);

}  // namespace pulse::domain
