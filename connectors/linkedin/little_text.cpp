#include "connectors/linkedin/little_text.hpp"

#include <cstdint>
#include <iterator>
#include <utility>

namespace pulse::connectors::linkedin {

namespace {

bool is_reserved(char c) {
  constexpr std::string_view reserved = "|{}@[]()<>#\\*_~";
  return reserved.find(c) != std::string_view::npos;
}

bool is_digit(std::uint32_t c) { return c >= '0' && c <= '9'; }

/// Signs, punctuation, joiners and emoji beyond ASCII; everything else there is taken for a letter.
bool is_letter(std::uint32_t c) {
  constexpr std::pair<std::uint32_t, std::uint32_t> signs[] = {
      {0x80, 0xbf},     {0xd7, 0xd7},     {0xf7, 0xf7},     {0x2000, 0x2bff}, {0x2e00, 0x2e7f},   {0x3000, 0x3004},
      {0x3008, 0x3020}, {0xe000, 0xf8ff}, {0xfe00, 0xfe6f}, {0xff00, 0xff0f}, {0x1f000, 0x1faff}, {0xe0000, 0x10ffff}};
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  for (const auto& [first, last] : signs) {
    if (c >= first && c <= last) return false;
  }
  return true;
}

/// The code point at `at` of valid UTF-8, and the bytes that it has.
std::pair<std::uint32_t, std::size_t> point_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xc0) return {lead, 1};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (at + size > text.size()) return {lead, 1};
  std::uint32_t point = lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fu);
  return {point, size};
}

/// The bytes of the word behind a # at `at`; 0 when they make no hashtag.
std::size_t hashtag_size(std::string_view text, std::size_t at) {
  bool has_letter = false;
  std::size_t end = at;
  while (end < text.size()) {
    const auto [point, size] = point_at(text, end);
    if (!is_digit(point) && !is_letter(point)) break;
    has_letter = has_letter || is_letter(point);
    end += size;
  }
  return has_letter ? end - at : 0;
}

}  // namespace

std::string little_text(std::string_view text) {
  std::string little;
  little.reserve(text.size() + text.size() / 8);
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, size] = point_at(text, at);
    const auto tag = point == '#' && !in_word ? hashtag_size(text, at + 1) : 0;
    if (tag > 0) {
      little += "{hashtag|\\#|";
      little += text.substr(at + 1, tag);
      little += '}';
      at += 1 + tag;
      in_word = true;
      continue;
    }
    if (size == 1 && is_reserved(text[at])) little += '\\';
    little += text.substr(at, size);
    at += size;
    in_word = is_digit(point) || is_letter(point) || point == '&' || point == '_';
  }
  return little;
}

}  // namespace pulse::connectors::linkedin
