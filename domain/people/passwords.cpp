#include "domain/people/passwords.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <zxcvbn.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "domain/people/common_passwords.hpp"

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

icu::UnicodeString wide_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
}

std::string narrow_of(const icu::UnicodeString& text) {
  std::string narrow;
  text.toUTF8String(narrow);
  return narrow;
}

/// What a guesser's list has for it: one width, no accents, lower case.
std::string plain_spelling(std::string_view text) {
  UErrorCode failure = U_ZERO_ERROR;
  const auto* decomposing = icu::Normalizer2::getNFKDInstance(failure);
  if (U_FAILURE(failure)) return std::string{text};
  const auto apart = decomposing->normalize(wide_of(text), failure);
  if (U_FAILURE(failure)) return std::string{text};
  icu::UnicodeString plain;
  for (const auto c : code_points_of(apart)) {
    const bool is_accent = u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK &&
                           u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_SCRIPT) == USCRIPT_INHERITED;
    if (!is_accent) plain.append(static_cast<UChar32>(c));
  }
  // Letters that Unicode does not take apart.
  for (const auto& [letter, instead] :
       {std::pair{u"\u0142", u"l"}, std::pair{u"\u00f8", u"o"}, std::pair{u"\u0111", u"d"}, std::pair{u"\u0131", u"i"},
        std::pair{u"\u00e6", u"ae"}, std::pair{u"\u0153", u"oe"}, std::pair{u"\u00df", u"ss"}})
    plain.toLower().findAndReplace(letter, instead);
  const auto* composing = icu::Normalizer2::getNFCInstance(failure);
  return narrow_of(U_FAILURE(failure) ? plain : composing->normalize(plain.toLower(), failure));
}

/// The keys of an English keyboard on which these letters lie: a walk over the keys is one in every script.
std::string keys_of(std::string_view text) {
  struct layout {
    std::u16string_view letters;
    std::string_view keys;
  };
  static constexpr layout layouts[] = {
      {u"\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a\u0444\u044b\u0432\u0430\u043f\u0440"
       u"\u043e\u043b\u0434\u0436\u044d\u044f\u0447\u0441\u043c\u0438\u0442\u044c\u0431\u044e",
       "qwertyuiop[]asdfghjkl;'zxcvbnm,."},
      {u"\u03c2\u03b5\u03c1\u03c4\u03c5\u03b8\u03b9\u03bf\u03c0\u03b1\u03c3\u03b4\u03c6\u03b3\u03b7\u03be\u03ba\u03bb"
       u"\u03b6\u03c7\u03c8\u03c9\u03b2\u03bd\u03bc",
       "wertyuiopasdfghjklzxcvbnm"},
      {u"\u05e7\u05e8\u05d0\u05d8\u05d5\u05df\u05dd\u05e4\u05e9\u05d3\u05d2\u05db\u05e2\u05d9\u05d7\u05dc\u05da\u05e3"
       u"\u05d6\u05e1\u05d1\u05d4\u05e0\u05de\u05e6\u05ea\u05e5",
       "ertyuiopasdfghjkl;zxcvbnm,."},
      {u"\u0636\u0635\u062b\u0642\u0641\u063a\u0639\u0647\u062e\u062d\u062c\u062f\u0634\u0633\u064a\u0628\u0644\u0627"
       u"\u062a\u0646\u0645\u0643\u0637",
       "qwertyuiop[]asdfghjkl;'"},
      {u"\u3142\u3148\u3137\u3131\u3145\u315b\u3155\u3151\u3150\u3154\u3141\u3134\u3147\u3139\u314e\u3157\u3153\u314f"
       u"\u3163\u314b\u314c\u314a\u314d\u3160\u315c\u3161",
       "qwertyuiopasdfghjklzxcvbnm"}};
  icu::UnicodeString keys;
  for (const auto c : code_points_of(wide_of(text))) {
    auto key = static_cast<UChar32>(c);
    for (const auto& each : layouts) {
      const auto at = c < 0x10000 ? each.letters.find(static_cast<char16_t>(c)) : std::u16string_view::npos;
      if (at != std::u16string_view::npos) key = each.keys[at];
    }
    keys.append(key);
  }
  return narrow_of(keys);
}

/// What is said several times is said once, whatever stands between: "Acme Acme Acme!" is "acme".
std::string said_once(std::string_view plain) {
  std::string bare;
  for (const char c : plain) {
    const bool is_sign = c > 0 && !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    if (!is_sign) bare += c;
  }
  for (std::size_t part = 1; part <= bare.size() / 2; ++part) {
    if (bare.size() % part == 0 && bare.compare(part, bare.size() - part, bare, 0, bare.size() - part) == 0)
      return bare.substr(0, part);
  }
  return bare;
}

double bits_of(std::string_view text, const std::vector<std::string>& words) {
  std::vector<const char*> known;
  for (const auto& word : words) known.push_back(word.c_str());
  for (const auto* word : common_passwords()) known.push_back(word);
  known.push_back(nullptr);
  const std::string estimated{text.substr(0, estimated_bytes_max)};
  return ZxcvbnMatch(estimated.c_str(), known.data(), nullptr);
}

/// By the spelling in which it is guessed first.
double least_bits_of(std::string_view prepared, const std::vector<std::string>& words) {
  const auto plain = plain_spelling(prepared);
  const auto once = said_once(plain);
  auto least = std::min({bits_of(prepared, words), bits_of(plain, words), bits_of(keys_of(plain), words)});
  // What is repeated adds little: how often.
  if (once.size() < plain.size() / 2 + 1) least = std::min(least, bits_of(once, words) + 4);
  return least;
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
  const auto is_known = [&words](const std::string& text) {
    return std::find(words.begin() + 1, words.end(), text) != words.end();
  };
  if (is_known(to_lower(prepared)) || is_known(plain_spelling(prepared)))
    return "must not be the e-mail address or a name of yours";
  if (least_bits_of(prepared, words) < password_bits_min)
    return "is among those that are guessed first: take several words that do not belong together, or a longer one";
  return std::nullopt;
}

}  // namespace pulse::domain
