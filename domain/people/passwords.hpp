// Rules for passwords that people choose: one spelling, and hard enough to guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace pulse::domain {

/// A password that someone chooses: 8 to 128 characters (NIST SP 800-63B §5.1.1.2: length, not composition).
inline constexpr std::size_t password_characters_min = 8;
using new_password = base::text<password_characters_min, 128>;

/// Guesses that a password must withstand, as a power of two, by zxcvbn's estimate: a million. The words of the person
/// and of the company count as known to the guesser, and so do the common passwords of other languages, in whatever
/// width, with or without accents, and walks over the keys of other keyboards.
inline constexpr double password_bits_min = 20;

/// `text`, which is UTF-8, prepared by the profile OpaqueString of RFC 8265 §4.2: other spaces become the plain one,
/// and the whole is put into Unicode's normal form C, so that it does not matter how a keyboard composes its letters.
/// Nothing when it is empty or holds what the profile refuses: control characters, what Unicode has not assigned, and
/// what nobody sees.
std::optional<std::string> prepare_password(std::string_view text);

/// Why a prepared password is refused, as the end of a sentence about it; nothing when it is accepted. `about` is what
/// a guesser tries first: the e-mail address, the names of the person and of the company. It is judged in all the
/// spellings by which a guesser comes upon it (domain/people/password_spellings): in other letters, backwards, on
/// another keyboard, with digits for letters and around, repeated.
std::optional<std::string> password_problem(std::string_view prepared, const std::vector<std::string>& about);

}  // namespace pulse::domain
