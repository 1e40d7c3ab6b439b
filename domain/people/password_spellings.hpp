// The spellings of a password that a guesser would try.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pulse::domain {

/// Small letters without accents in their compatible form (NFKC, UAX #15), with the digits of every script as 0 to 9:
/// "Ｐässwörd" and "password" are one. From UTF-8.
std::u32string fold(std::string_view text);

/// The same, with umlauts and the like as people type them who lack the key: "mueller", "soeren".
std::u32string fold_as_typed(std::string_view text);

/// Each letter that looks like a Latin one as that: "раssword" with Cyrillic р and а.
std::u32string as_it_looks(std::u32string_view folded);

/// Signs and digits that stand for letters as those: "p4$$w0rd". Of as many characters as before. 1 is i, or l with
/// `is_one_an_l`.
std::u32string without_leet(std::u32string_view folded, bool is_one_an_l);

/// Letters and digits alone.
std::u32string joined(std::u32string_view folded);

/// What the keys of `text` (small letters) give on a US keyboard, for each other keyboard that has them: "azerty" is
/// "qwerty". And what the keys of a US keyboard give on the others: "gfhjkm" is "пароль".
std::vector<std::u32string> on_other_keyboards(std::u32string_view text);

/// Whether it goes over a US keyboard, or through an alphabet or the numbers, by few different steps: "1qaz2wsx",
/// "a1b2c3d4", "2468101214".
bool is_pattern(std::u32string_view text);

/// How many characters stand at its front before it only repeats them, a few before and behind apart; its length where
/// it does not.
std::size_t period_of(std::u32string_view text);

}  // namespace pulse::domain
