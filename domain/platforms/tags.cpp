#include "domain/platforms/tags.hpp"

#include <unicode/uchar.h>

#include <algorithm>

namespace pulse::domain {

namespace {

using view = std::u32string_view;

UChar32 plain(char32_t c) { return static_cast<UChar32>(c); }
bool is_hash(char32_t c) { return c == '#' || c == 0xff03; }
bool is_letter(char32_t c) { return u_isalpha(plain(c)) != 0; }
bool is_digit(char32_t c) { return u_isdigit(plain(c)) != 0; }
bool is_mark(char32_t c) { return (U_GET_GC_MASK(plain(c)) & U_GC_M_MASK) != 0; }
bool is_word(char32_t c) { return is_letter(c) || is_digit(c) || c == '_' || is_mark(c); }
bool is_pictograph(char32_t c) { return c > 0xff && u_hasBinaryProperty(plain(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0; }

/// Signs of scripts that put no blanks between words.
bool is_cjk_sign(char32_t c) { return (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff20 && !is_digit(c)); }

/// Whether a hashtag may begin behind `c`.
bool may_precede(char32_t c) {
  const auto category = U_GET_GC_MASK(plain(c));
  const bool opens = (category & (U_GC_PS_MASK | U_GC_PI_MASK)) != 0 || c == '"' || c == '\'';
  const bool is_emoji =
      is_pictograph(c) || c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0x1f1e6 && c <= 0x1f1ff);
  return u_isUWhiteSpace(plain(c)) != 0 || opens || is_emoji || is_cjk_sign(c);
}

/// Steps over a text without looking into its links.
class outside_links {
 public:
  explicit outside_links(view text) : links_(find_links(text)) {}

  /// Where to go on: behind the link that begins at `at`, or `at`.
  std::size_t skip(std::size_t at) {
    while (next_ < links_.size() && links_[next_].end <= at) ++next_;
    if (next_ < links_.size() && links_[next_].begin <= at) return links_[next_].end;
    return at;
  }

 private:
  const std::vector<text_range> links_;
  std::size_t next_ = 0;
};

char32_t peek(view text, std::size_t at) { return at < text.size() ? text[at] : 0; }

/// Calls `visit(at)` for every place outside links.
template <class Visitor>
void walk(view text, Visitor visit) {
  outside_links step{text};
  for (std::size_t at = 0; at < text.size();) {
    const auto behind = step.skip(at);
    if (behind > at) {
      at = behind;
      continue;
    }
    visit(at);
    ++at;
  }
}

}  // namespace

std::vector<text_range> find_hashtags(view text) {
  std::vector<text_range> found;
  walk(text, [&](std::size_t at) {
    if (!is_hash(text[at]) || (at > 0 && !may_precede(text[at - 1]))) return;
    auto end = at + 1;
    bool has_letter = false;
    for (; end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || is_mark(text[end])); ++end) {
      has_letter = has_letter || is_letter(text[end]);
    }
    if (has_letter) found.push_back({at, end});
  });
  return found;
}

int count_hashtags(view text) {
  int count = 0;
  walk(text, [&](std::size_t at) {
    const auto next = peek(text, at + 1);
    if (is_hash(text[at]) && (is_word(next) || is_pictograph(next))) ++count;
  });
  return count;
}

int count_mentions(view text) {
  int count = 0;
  walk(text, [&](std::size_t at) {
    if (text[at] != '@' && text[at] != 0xff20) return;
    if (at > 0 && is_word(text[at - 1])) return;
    if (is_word(peek(text, at + 1))) ++count;
  });
  return count;
}

int count_cashtags(view text) {
  constexpr std::size_t most_letters = 6;
  const auto is_ascii_letter = [](char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  int count = 0;
  walk(text, [&](std::size_t at) {
    if (text[at] != '$' || (at > 0 && u_isUWhiteSpace(plain(text[at - 1])) == 0)) return;
    auto end = at + 1;
    while (is_ascii_letter(peek(text, end))) ++end;
    const auto letters = end - at - 1;
    if (letters >= 1 && letters <= most_letters && !is_word(peek(text, end))) ++count;
  });
  return count;
}

}  // namespace pulse::domain
