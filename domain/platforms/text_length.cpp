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

}  // namespace

int text_length(channel_type type, std::string_view utf8) {
  switch (type) {
    case channel_type::website: return static_cast<int>(base::count_code_points(utf8));
    case channel_type::x: return weighted_length(utf8);
    case channel_type::instagram:
    case channel_type::linkedin: return static_cast<int>(base::count_code_points(utf8));
  }
  return 0;
}

}  // namespace pulse::domain
