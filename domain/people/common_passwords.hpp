// What people of many languages choose as a password first.
#pragma once

#include <span>
#include <string>

namespace pulse::domain {

/// Words that stand at the top of the lists of passwords that were found, language by language, without those that
/// libzxcvbn's own (English) list has: the word for "password", terms of love, names of clubs, greetings. Folded (see
/// domain/people/password_spellings), the longest first. Thread-safe.
std::span<const std::u32string> common_passwords();

}  // namespace pulse::domain
