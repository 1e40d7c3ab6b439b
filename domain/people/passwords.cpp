#include "domain/people/passwords.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <zxcvbn.h>

#include <algorithm>

namespace pulse::domain {

namespace {

constexpr char32_t zero_width_non_joiner = 0x200c;
constexpr char32_t zero_width_joiner = 0x200d;
constexpr std::uint8_t virama = 9;  // its canonical combining class
/// The estimate takes quadratic time; what is strong so far stays so.
constexpr std::size_t estimated_bytes_max = 64;
constexpr std::size_t known_words_max = 40;

std::u32string code_points_of(const icu::UnicodeString& text) {
  std::u32string all;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    all += static_cast<char32_t>(text.char32At(i));
  return all;
}

int joining_type(char32_t c) { return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_JOINING_TYPE); }

/// Whether letters that join stand on both sides, transparent signs apart (RFC 5892, appendix A.1).
bool joins_both_sides(std::u32string_view text, std::size_t at) {
  auto before = at;
  while (before > 0 && joining_type(text[before - 1]) == U_JT_TRANSPARENT) --before;
  auto behind = at + 1;
  while (behind < text.size() && joining_type(text[behind]) == U_JT_TRANSPARENT) ++behind;
  if (before == 0 || behind == text.size()) return false;
  const auto left = joining_type(text[before - 1]);
  const auto right = joining_type(text[behind]);
  return (left == U_JT_LEFT_JOINING || left == U_JT_DUAL_JOINING) &&
         (right == U_JT_RIGHT_JOINING || right == U_JT_DUAL_JOINING);
}

bool is_joiner_in_place(std::u32string_view text, std::size_t at) {
  if (at > 0 && u_getCombiningClass(static_cast<UChar32>(text[at - 1])) == virama) return true;
  return text[at] == zero_width_non_joiner && joins_both_sides(text, at);
}

/// Whether the FreeformClass of RFC 8264 §4.3 has the code point at `at`.
bool is_allowed(std::u32string_view text, std::size_t at) {
  const auto c = static_cast<UChar32>(text[at]);
  if (text[at] == zero_width_joiner || text[at] == zero_width_non_joiner) return is_joiner_in_place(text, at);
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
      u_hasBinaryProperty(c, UCHAR_NONCHARACTER_CODE_POINT))
    return false;
  switch (u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE)) {
    case U_HST_LEADING_JAMO:
    case U_HST_VOWEL_JAMO:
    case U_HST_TRAILING_JAMO: return false;
    default: break;
  }
  switch (u_charType(c)) {
    case U_UNASSIGNED:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return false;
    default: return true;
  }
}

std::string to_lower(std::string_view text) {
  std::string lower;
  icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())})
      .toLower()
      .toUTF8String(lower);
  return lower;
}

/// The words of `about`: each whole, and its pieces between signs.
std::vector<std::string> words_of(const std::vector<std::string>& about) {
  std::vector<std::string> words{"pulse"};
  for (const auto& each : about) {
    const auto lower = to_lower(each);
    words.push_back(lower);
    std::string piece;
    for (const char c : lower + " ") {
      const bool is_sign = c > 0 && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
      if (!is_sign) {
        piece += c;
        continue;
      }
      if (piece.size() > 2) words.push_back(piece);
      piece.clear();
    }
  }
  std::erase_if(words, [](const auto& word) { return word.empty(); });
  if (words.size() > known_words_max) words.resize(known_words_max);
  return words;
}

double bits_of(std::string_view prepared, const std::vector<std::string>& words) {
  std::vector<const char*> known;
  for (const auto& word : words) known.push_back(word.c_str());
  known.push_back(nullptr);
  const std::string estimated{prepared.substr(0, estimated_bytes_max)};
  return ZxcvbnMatch(estimated.c_str(), known.data(), nullptr);
}

}  // namespace

std::optional<std::string> prepare_password(std::string_view text) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
  icu::UnicodeString spaced;
  for (const auto c : code_points_of(wide)) {
    const bool is_space = u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
    spaced.append(is_space ? UChar32{' '} : static_cast<UChar32>(c));
  }
  UErrorCode failure = U_ZERO_ERROR;
  const auto* composing = icu::Normalizer2::getNFCInstance(failure);
  if (U_FAILURE(failure)) return std::nullopt;
  const auto composed = composing->normalize(spaced, failure);
  if (U_FAILURE(failure) || composed.isEmpty()) return std::nullopt;
  const auto all = code_points_of(composed);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!is_allowed(all, i)) return std::nullopt;
  }
  std::string prepared;
  composed.toUTF8String(prepared);
  return prepared;
}

std::optional<std::string> password_problem(std::string_view prepared, const std::vector<std::string>& about) {
  if (base::count_code_points(prepared) < password_characters_min)
    return "must have at least " + std::to_string(password_characters_min) + " characters";
  const auto words = words_of(about);
  const auto lower = to_lower(prepared);
  if (std::find(words.begin() + 1, words.end(), lower) != words.end())
    return "must not be the e-mail address or a name of yours";
  if (bits_of(prepared, words) < password_bits_min)
    return "is among those that are guessed first: take several words that do not belong together, or a longer one";
  return std::nullopt;
}

}  // namespace pulse::domain
