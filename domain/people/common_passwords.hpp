// What is guessed first where English is not the first language: zxcvbn's own lists are English.
#pragma once

#include <span>

namespace pulse::domain {

/// Words that people of other languages take for a password, and phrases that everybody knows: lower case, without accents, in the letters
/// of their script.
std::span<const char* const> common_passwords();

}  // namespace pulse::domain
