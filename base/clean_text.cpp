#include "base/clean_text.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pulse::base {

namespace {

/// The first character; empty if a text may not hold it.
std::string_view first_character(std::string_view bytes) {
  constexpr std::size_t longest = 4;
  for (std::size_t length = 1; length <= std::min(longest, bytes.size()); ++length) {
    if (is_clean_utf8(bytes.substr(0, length))) return bytes.substr(0, length);
  }
  return {};
}

}  // namespace

std::string clean_utf8(std::string_view bytes, std::size_t most) {
  if (bytes.size() <= most && is_clean_utf8(bytes)) return std::string{bytes};
  std::string text;
  while (!bytes.empty()) {
    const auto character = first_character(bytes);
    const auto taken = character.empty() ? std::string_view{"?"} : character;
    if (text.size() + taken.size() > most) break;
    text += taken;
    bytes.remove_prefix(taken.size());
  }
  return text;
}

}  // namespace pulse::base
