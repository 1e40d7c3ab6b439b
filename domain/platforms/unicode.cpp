#include "domain/platforms/unicode.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "base/blank.hpp"

namespace pulse::domain {

namespace {

constexpr char32_t zero_width_joiner = 0x200d;
constexpr char32_t emoji_selector = 0xfe0f;
constexpr char32_t keycap = 0x20e3;
constexpr char32_t cancel_tag = 0xe007f;
constexpr std::size_t max_joined = 10;  // elements of a ZWJ sequence; the longest that is recommended has four

bool is(char32_t c, UProperty property) { return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0; }
bool is_regional(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }
bool is_tag(char32_t c) { return c >= 0xe0020 && c <= 0xe007e; }
bool is_keycap_base(char32_t c) { return (c >= '0' && c <= '9') || c == '#' || c == '*'; }
/// Emoji that Unicode had as ordinary text signs below the range where every sign counts double anyway.
bool is_latin_sign(char32_t c) { return c == 0xa9 || c == 0xae; }

/// The code point at `at`, or 0 behind the end.
char32_t peek(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : 0; }

/// What Unicode has, and what it keeps free, for emoji: those of later versions than the library's are among the
/// latter.
bool is_emoji(char32_t c) { return is(c, UCHAR_EMOJI) || (c > 0xff && is(c, UCHAR_EXTENDED_PICTOGRAPHIC)); }

/// One element of a ZWJ sequence: a flag, a keycap, or an emoji with its selector, skin tone or tags (UTS #51, the
/// grammar of "EBNF and Regex"). By grammar and not by a list, so that what later versions recommend is known today.
std::size_t element_size(std::u32string_view text, std::size_t at) {
  const auto first = peek(text, at);
  const auto next = peek(text, at + 1);
  if (is_regional(first)) return is_regional(next) ? 2 : 1;
  if (is_keycap_base(first)) {
    if (next == keycap) return 2;
    return next == emoji_selector && peek(text, at + 2) == keycap ? 3 : 0;
  }
  if (!is_emoji(first)) return 0;
  if (is_latin_sign(first)) return next == emoji_selector ? 2 : 0;
  if (is(next, UCHAR_EMOJI_MODIFIER)) return 2;
  if (next == emoji_selector) return peek(text, at + 2) == keycap ? 3 : 2;
  if (is_tag(next)) {
    std::size_t end = at + 1;
    while (is_tag(peek(text, end))) ++end;
    if (peek(text, end) == cancel_tag) return end + 1 - at;
  }
  return 1;
}

std::u32string code_points_of(const icu::UnicodeString& text) {
  std::u32string points(static_cast<std::size_t>(text.countChar32()), U'\0');
  UErrorCode status = U_ZERO_ERROR;
  text.toUTF32(reinterpret_cast<UChar32*>(points.data()), static_cast<int32_t>(points.size()), status);
  return points;
}

}  // namespace

std::u32string to_nfc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
  if (nfc != nullptr) text = nfc->normalize(text, status);
  return code_points_of(text);
}

std::string to_utf8(std::u32string_view text) {
  std::string utf8;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()))
      .toUTF8String(utf8);
  return utf8;
}

int grapheme_length(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters{
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status)};
  if (U_FAILURE(status) || !characters) return static_cast<int>(text.size());
  const auto utf16 =
      icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()));
  characters->setText(utf16);
  int count = 0;
  while (characters->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

std::size_t emoji_size(std::u32string_view text, std::size_t at) {
  const auto first = element_size(text, at);
  if (first == 0) return 0;
  auto end = at + first;
  for (std::size_t joined = 1; joined < max_joined && peek(text, end) == zero_width_joiner; ++joined) {
    const auto more = element_size(text, end + 1);
    if (more == 0) break;
    end += 1 + more;
  }
  return end - at;
}

bool is_blank(std::string_view utf8) { return base::is_blank(utf8); }

std::u32string to_code_points(std::string_view utf8) {
  const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
  return code_points_of(text);
}

}  // namespace pulse::domain
