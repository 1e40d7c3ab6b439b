// Additional checks of the settings in production.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"

namespace pulse::config {

/// A setting and what is wrong with it, with what to do: "must be https in production: …". Never shows a secret.
struct setting_problem {
  std::string_view setting;  // its name
  std::string message;
};

/// How much key material a text can hold, by its alphabet: 4 bits a hexadecimal digit, 6 a base64 character, otherwise
/// 8. In bytes.
std::size_t key_size(std::string_view text);

/// Why `text` is not good enough to be a key, as the end of a sentence; nothing when it is: a known example, shorter
/// than `least_bytes` (32: RFC 7518 §3.2 asks that much of HS256, AES-256 takes that much), or easier to guess than a
/// random one, by zxcvbn's estimate (words, sequences, keyboards, dates) and by what is repeated in it; also where the
/// hexadecimal or base64 text stands for words, for counted bytes, or for the SHA-256 of a word.
std::optional<std::string> weakness_of_key(std::string_view text, std::size_t least_bytes = 32);

/// Whether one of two keys was made from the other: they share a run of characters, also backwards, or stand alike in
/// most places. Chance does neither to random keys.
bool are_alike(std::string_view one, std::string_view other);

/// Everything in `all` that production refuses. Settings that were not given are empty and pass; their absence is
/// reported elsewhere.
std::vector<setting_problem> production_problems(const settings& all);

}  // namespace pulse::config
