#include "domain/platforms/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <vector>

namespace pulse::domain {

namespace {

constexpr char32_t zero_width_joiner = 0x200d;
constexpr char32_t emoji_selector = 0xfe0f;
constexpr char32_t keycap = 0x20e3;
constexpr char32_t black_flag = 0x1f3f4;
constexpr char32_t cancel_tag = 0xe007f;
constexpr std::size_t max_joined = 10;  // elements of a ZWJ sequence; the longest recommended one has four

bool is(char32_t c, UProperty property) { return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0; }
bool is_regional(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }
bool is_tag(char32_t c) { return c >= 0xe0020 && c <= 0xe007e; }
bool is_keycap_base(char32_t c) { return (c >= '0' && c <= '9') || c == '#' || c == '*'; }
/// Emoji that Unicode had as ordinary text signs below the range where every sign counts double anyway.
bool is_latin_sign(char32_t c) { return c == 0xa9 || c == 0xae; }

/// The code point at `at`, or 0 behind the end.
char32_t peek(std::u32string_view text, std::size_t at) { return at < text.size() ? text[at] : 0; }

bool is_recommended(std::u32string_view sequence) {
  const auto utf16 = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(sequence.data()),
                                                   static_cast<int32_t>(sequence.size()));
  return u_stringHasBinaryProperty(utf16.getBuffer(), utf16.length(), UCHAR_RGI_EMOJI) != 0;
}

/// The sequence with the selectors that writers leave out (UTS #51 ED-18a: unqualified to fully qualified).
std::u32string qualified(std::u32string_view sequence) {
  std::u32string full;
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    full += sequence[i];
    const bool texty = is(sequence[i], UCHAR_EMOJI) && !is(sequence[i], UCHAR_EMOJI_PRESENTATION);
    const auto next = peek(sequence, i + 1);
    if (texty && next != emoji_selector && !is(next, UCHAR_EMOJI_MODIFIER)) full += emoji_selector;
  }
  return full;
}

/// One element of a ZWJ sequence: a flag, a keycap, or an emoji with its selector, skin tone or tags.
std::size_t element_size(std::u32string_view text, std::size_t at) {
  const auto first = peek(text, at);
  const auto next = peek(text, at + 1);
  if (is_regional(first)) return is_regional(next) && is_recommended(text.substr(at, 2)) ? 2 : 1;
  if (is_keycap_base(first)) {
    if (next == keycap) return 2;
    return next == emoji_selector && peek(text, at + 2) == keycap ? 3 : 0;
  }
  if (!is(first, UCHAR_EMOJI)) return 0;
  if (is_latin_sign(first)) return next == emoji_selector ? 2 : 0;
  if (is(first, UCHAR_EMOJI_MODIFIER_BASE) && is(next, UCHAR_EMOJI_MODIFIER)) return 2;
  if (first == black_flag && is_tag(next)) {
    std::size_t end = at + 1;
    while (is_tag(peek(text, end))) ++end;
    if (peek(text, end) == cancel_tag) return end + 1 - at;
  }
  return next == emoji_selector ? 2 : 1;
}

}  // namespace

std::u32string to_nfc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  auto text = icu::UnicodeString::fromUTF8(icu::StringPiece{utf8.data(), static_cast<int32_t>(utf8.size())});
  if (nfc != nullptr) text = nfc->normalize(text, status);
  std::u32string points(static_cast<std::size_t>(text.countChar32()), U'\0');
  status = U_ZERO_ERROR;
  text.toUTF32(reinterpret_cast<UChar32*>(points.data()), static_cast<int32_t>(points.size()), status);
  return points;
}

std::string to_utf8(std::u32string_view text) {
  std::string utf8;
  icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()))
      .toUTF8String(utf8);
  return utf8;
}

std::size_t emoji_size(std::u32string_view text, std::size_t at) {
  const auto first = element_size(text, at);
  if (first == 0) return 0;
  auto best = first;
  auto end = at + first;
  for (std::size_t joined = 1; joined < max_joined && peek(text, end) == zero_width_joiner; ++joined) {
    const auto more = element_size(text, end + 1);
    if (more == 0) break;
    end += 1 + more;
    const auto sequence = text.substr(at, end - at);
    if (is_recommended(sequence) || is_recommended(qualified(sequence))) best = end - at;
  }
  return best;
}

}  // namespace pulse::domain
