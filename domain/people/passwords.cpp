#include "domain/people/passwords.hpp"

#include <fmt/core.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <zxcvbn.h>

#include <algorithm>
#include <set>

#include "domain/people/common_passwords.hpp"
#include "domain/people/password_spellings.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

constexpr char32_t zero_width_non_joiner = 0x200c;
constexpr char32_t zero_width_joiner = 0x200d;
constexpr std::uint8_t virama = 9;  // its canonical combining class
/// The estimate takes quadratic time; what is strong so far stays so. What is there three times and more is no stronger
/// than twice.
constexpr std::size_t estimated_characters_max = 32;
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

/// What a guesser knows of the person and the company, folded, the longest first.
struct known_names {
  std::vector<std::u32string> all;
  std::vector<std::string> whole;  // as they are given, folded

  explicit known_names(const std::vector<std::string>& about) {
    all.emplace_back(U"pulse");
    for (const auto& each : about) {
      whole.push_back(to_utf8(fold(each)));
      add_words_of(fold(each));
      add_words_of(fold_as_typed(each));
    }
    if (all.size() > known_words_max) all.resize(known_words_max);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  }

 private:
  void add(std::u32string word) {
    constexpr std::size_t letters_min = 3, wide_min = 2;
    constexpr char32_t first_wide = 0x2e80;
    const bool is_wide = !word.empty() && word.front() >= first_wide;
    if (word.size() < (is_wide ? wide_min : letters_min)) return;
    if (std::find(all.begin(), all.end(), word) == all.end()) all.push_back(std::move(word));
  }

  /// The whole without signs, its words, and the first letter of the first word with the last word.
  void add_words_of(const std::u32string& text) {
    add(joined(text));
    char32_t first = 0;
    std::u32string word, last;
    for (const auto c : text + U" ") {
      if (!joined(std::u32string_view{&c, 1}).empty()) {
        word += c;
        continue;
      }
      if (word.empty()) continue;
      if (first == 0) first = word.front();
      last = word;
      add(std::move(word));
      word.clear();
    }
    if (last.size() > 2) add(first + last);
  }
};

/// zxcvbn's estimate of the guesses, as a power of two.
double bits_of(std::u32string_view text, const std::vector<std::string>& words) {
  if (text.empty()) return 0;
  std::vector<const char*> known;
  for (const auto& word : words) known.push_back(word.c_str());
  known.push_back(nullptr);
  std::u32string told;
  for (const auto c : text) {
    if (told.size() == estimated_characters_max) break;
    const bool is_third = told.size() >= 2 && c == told.back() && c == told[told.size() - 2];
    if (!is_third) told += c;
  }
  return ZxcvbnMatch(to_utf8(told).c_str(), known.data(), nullptr);
}

/// A spelling of which the words that everybody guesses first have been taken out.
struct remainder {
  std::u32string rest;
  std::set<std::u32string_view> common;
  bool has_names = false;
};

/// Takes names and common passwords out of `text`, as `read` spells them (of as many characters).
remainder without_known(std::u32string_view text, std::u32string_view read, const known_names& names) {
  remainder made;
  std::vector<bool> is_taken(text.size());
  const auto take = [&](std::u32string_view word) {
    bool is_found = false;
    for (auto at = read.find(word); at != read.npos; at = read.find(word, at + 1)) {
      const auto begin = is_taken.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = begin + static_cast<std::ptrdiff_t>(word.size());
      if (std::find(begin, end, true) != end) continue;
      std::fill(begin, end, true);
      is_found = true;
    }
    return is_found;
  };
  for (const auto& name : names.all) made.has_names = take(name) || made.has_names;
  for (const auto& word : common_passwords()) {
    if (take(word)) made.common.insert(word);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_taken[i]) made.rest += text[i];
  }
  return made;
}

/// Whether nothing but names and common words is left of it, with some digits and signs around.
bool is_hardly_more(const remainder& of) {
  constexpr std::size_t words_max = 2, signs_max = 12;
  if (!of.has_names && of.common.empty()) return false;
  const bool has_letters =
      std::any_of(of.rest.begin(), of.rest.end(), [](char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; });
  if (!has_letters && of.common.size() <= words_max && of.rest.size() <= signs_max) return true;
  constexpr double bits_of_word = 8, bits_of_name = 2;
  const auto bits = bits_of_word * static_cast<double>(of.common.size()) + (of.has_names ? bits_of_name : 0);
  return bits + bits_of(of.rest, {}) < password_bits_min;
}

/// Whether hardly more than names and common words is in it, as it is or with signs for letters.
bool is_known_word(std::u32string_view spelling, const known_names& names) {
  constexpr std::size_t characters_max = 48;  // longer than two words with what may stand around them
  if (spelling.size() > characters_max) return false;
  for (const auto& read : {std::u32string{spelling}, without_leet(spelling, false), without_leet(spelling, true)}) {
    if (is_hardly_more(without_known(spelling, read, names))) return true;
  }
  return false;
}

bool is_guessed_first(std::string_view prepared, const known_names& names) {
  auto words = names.whole;
  for (const auto& each : names.all) words.push_back(to_utf8(each));
  const auto folded = fold(prepared);
  const std::set<std::u32string> spellings{
      folded, fold_as_typed(prepared), as_it_looks(folded), joined(folded), {folded.rbegin(), folded.rend()}};
  for (const auto& each : spellings) {
    if (is_pattern(each) || bits_of(each, words) < password_bits_min || is_known_word(each, names)) return true;
  }
  std::string small;
  icu::UnicodeString::fromUTF8(icu::StringPiece{prepared.data(), static_cast<std::int32_t>(prepared.size())})
      .toLower()
      .toUTF8String(small);
  for (const auto& typed : on_other_keyboards(to_code_points(small))) {
    if (is_pattern(typed) || is_known_word(fold(to_utf8(typed)), names)) return true;
  }
  return false;
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
    return fmt::format("must have at least {} characters", password_characters_min);
  const known_names names{about};
  const auto folded = fold(prepared);
  if (std::find(names.whole.begin(), names.whole.end(), to_utf8(folded)) != names.whole.end())
    return "must not be the e-mail address or a name of yours";
  if (period_of(folded) < password_characters_min)
    return "repeats itself: what is repeated is guessed as quickly as once";
  if (is_guessed_first(prepared, names))
    return "is among those that are guessed first: take several words that do not belong together, or a longer one";
  return std::nullopt;
}

}  // namespace pulse::domain
