#include "domain/platforms/text_length.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

constexpr int link_length = 23;
constexpr int emoji_length = 2;

/// The weights of twitter-text's configuration v3, divided by its scale of 100.
int weight_of(char32_t c) {
  const bool light =
      c <= 0x10ff || (c >= 0x2000 && c <= 0x200d) || (c >= 0x2010 && c <= 0x201f) || (c >= 0x2032 && c <= 0x2037);
  return light ? 1 : 2;
}

/// Neither links, emoji, nor anything that weighs 2 can be in it: most texts, and they need no Unicode at all.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0 && c != '.' && c != '\0'; });
}

int weighted_length(std::string_view utf8) {
  if (is_plain(utf8)) return static_cast<int>(utf8.size());
  const auto text = to_nfc(utf8);
  const auto links = find_links(text);
  auto next_link = links.begin();
  int length = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (next_link != links.end() && next_link->begin == at) {
      length += link_length;
      at = next_link++->end;
    } else if (const auto emoji = emoji_size(text, at); emoji > 0) {
      length += emoji_length;
      at += emoji;
    } else {
      length += weight_of(text[at++]);
    }
  }
  return length;
}

int utf8_size(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

int utf16_length(std::string_view utf8) {
  // Only what takes four bytes of UTF-8 takes two units of UTF-16.
  const auto pairs =
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xf0; });
  return static_cast<int>(base::count_code_points(utf8) + static_cast<std::size_t>(pairs));
}

int emoji_bytes_length(std::string_view utf8) {
  if (is_plain(utf8)) return static_cast<int>(utf8.size());
  const auto text = to_nfc(utf8);
  int length = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto emoji = emoji_size(text, at);
    for (const auto c : std::u32string_view{text}.substr(at, emoji)) length += utf8_size(c);
    length += emoji == 0 ? 1 : 0;
    at += std::max<std::size_t>(emoji, 1);
  }
  return length;
}

bool is_mention_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/// "@user@example.org" counts as "@user": the text without what stands behind the names of remote mentions, and with
/// every link made `link_length` long.
int link_grapheme_length(std::string_view utf8) {
  const auto text = to_nfc(utf8);
  std::u32string counted;
  int links = 0;
  const auto found = find_links(text);
  auto next = found.begin();
  for (std::size_t at = 0; at < text.size();) {
    if (next != found.end() && next->begin == at) {
      const bool has_scheme = text.compare(at, 4, U"http") == 0 || text.compare(at, 4, U"HTTP") == 0;
      if (has_scheme) {
        ++links;
      } else {
        counted.append(text, at, next->end - at);
      }
      at = next++->end;
      continue;
    }
    const bool begins_name = text[at] == '@' && (at == 0 || !is_mention_character(text[at - 1]));
    counted += text[at++];
    if (!begins_name) continue;
    const auto name = at;
    while (at < text.size() && is_mention_character(text[at])) counted += text[at++];
    if (at == name || at >= text.size() || text[at] != '@') continue;
    auto end = at + 1;
    while (end < text.size() && is_mention_character(text[end])) ++end;
    if (end > at + 1) {
      at = end;
      while (next != found.end() && next->begin < at) ++next;
    }
  }
  return grapheme_length(counted) + links * link_length;
}

}  // namespace

int text_length(text_count counted, std::string_view utf8) {
  switch (counted) {
    case text_count::code_points: return static_cast<int>(base::count_code_points(utf8));
    case text_count::utf16_units: return utf16_length(utf8);
    case text_count::emoji_bytes: return emoji_bytes_length(utf8);
    case text_count::weighted: return weighted_length(utf8);
    case text_count::graphemes: return grapheme_length(to_nfc(utf8));
    case text_count::link_graphemes: return link_grapheme_length(utf8);
  }
  return 0;
}

int text_length(channel_type type, std::string_view utf8) { return text_length(platform_of(type).text.counted, utf8); }

}  // namespace pulse::domain
