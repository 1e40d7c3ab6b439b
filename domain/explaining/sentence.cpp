#include "domain/explaining/sentence.hpp"

namespace pulse::domain {

namespace {

bool is_ended(std::string_view words) {
  if (words.ends_with('"') || words.ends_with(')')) words.remove_suffix(1);
  return words.ends_with('.') || words.ends_with('!') || words.ends_with('?');
}

}  // namespace

std::string ended(std::string_view words) {
  while (words.ends_with(' ')) words.remove_suffix(1);
  std::string text{words};
  if (!text.empty() && !is_ended(text)) text += '.';
  return text;
}

std::string as_sentence(std::string_view words) {
  auto text = ended(words);
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string in_reading_order(std::string words) {
  // U+061C is D8 9C, U+200E and U+200F are E2 80 8E and 8F, U+202A to U+202E are E2 80 AA to AE, U+2066 to U+2069 are
  // E2 81 A6 to A9.
  const auto control_at = [&words](std::size_t at) -> std::size_t {
    const auto byte = [&words, at](std::size_t i) {
      return at + i < words.size() ? static_cast<unsigned char>(words[at + i]) : 0U;
    };
    if (byte(0) == 0xD8 && byte(1) == 0x9C) return 2;
    if (byte(0) != 0xE2) return 0;
    const bool is_mark =
        byte(1) == 0x80 && (byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) >= 0xAA && byte(2) <= 0xAE));
    const bool is_isolate = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;
    return is_mark || is_isolate ? 3 : 0;
  };
  std::size_t kept = 0;
  for (std::size_t at = 0; at < words.size();) {
    if (const auto size = control_at(at)) {
      at += size;
    } else {
      words[kept++] = words[at++];
    }
  }
  words.resize(kept);
  return words;
}

}  // namespace pulse::domain
