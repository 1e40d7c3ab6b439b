// UTF-8 to code points and back, the canonical form, and emoji: what counting and comparing texts needs of ICU.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pulse::domain {

/// The code points of `utf8` in Unicode's canonical composed form (NFC, UAX #15); U+FFFD for invalid bytes.
std::u32string to_nfc(std::string_view utf8);

std::string to_utf8(std::u32string_view text);

/// How many characters people see in `text`: extended grapheme clusters (UAX #29).
int grapheme_length(std::u32string_view text);

/// How many code points from `at` make one emoji, by the grammar of UTS #51 (presentation selectors, keycaps, skin
/// tones, flags, tags, ZWJ sequences), so that sequences of later Unicode versions are one, too; 0 when none begins
/// there. "©" and "1" are emoji only where the text says so.
std::size_t emoji_size(std::u32string_view text, std::size_t at);

/// The code points of `utf8` as they are; U+FFFD for invalid bytes.
std::u32string to_code_points(std::string_view utf8);

/// Whether `utf8` is invisible: it is empty, or nothing but white space, control characters, and what is invisible
/// by itself, such as U+200B, U+2060, U+FEFF, variation selectors, tags and U+2800.
bool is_blank(std::string_view utf8);

}  // namespace pulse::domain
