#include "domain/people/password_spellings.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <set>

#include "domain/people/keyboards.hpp"

namespace pulse::domain {

namespace {

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
}

/// Letters with a stroke or joined ones, which no decomposition takes apart.
std::u32string_view plain_letters(char32_t c) {
  switch (c) {
    case U'ø': return U"o";
    case U'ł': return U"l";
    case U'đ':
    case U'ð': return U"d";
    case U'ħ': return U"h";
    case U'ŧ': return U"t";
    case U'ı': return U"i";
    case U'æ': return U"ae";
    case U'œ': return U"oe";
    case U'þ': return U"th";
    default: return {};
  }
}

std::u32string stripped(const icu::UnicodeString& text) {
  UErrorCode failure = U_ZERO_ERROR;
  const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(failure);
  const auto* apart = icu::Normalizer2::getNFDInstance(failure);
  if (U_FAILURE(failure)) return {};
  const auto pieces = apart->normalize(folding->normalize(text, failure), failure);
  std::u32string left;
  for (std::int32_t i = 0; i < pieces.length(); i = pieces.moveIndex32(i, 1)) {
    const auto c = pieces.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    if (const auto digit = u_charDigitValue(c); digit >= 0) {
      left += static_cast<char32_t>(U'0' + digit);
    } else if (const auto plain = plain_letters(static_cast<char32_t>(c)); !plain.empty()) {
      left += plain;
    } else {
      left += static_cast<char32_t>(c);
    }
  }
  return left;
}

/// The number of different values among `steps`.
std::size_t kinds_of(std::vector<std::int64_t> steps) {
  return std::set<std::int64_t>(steps.begin(), steps.end()).size();
}

/// Whether so few different steps between so many characters are no accident.
bool is_few(std::size_t kinds, std::size_t characters) {
  constexpr std::size_t kinds_max = 4;
  return kinds <= kinds_max && kinds <= std::max<std::size_t>(2, characters / 4 + 1) && kinds * 2 < characters;
}

/// Whether digits are numbers that grow or fall by the same step: "2468101214".
bool is_counted(std::u32string_view digits) {
  const auto is_digit = [](char32_t c) { return c >= U'0' && c <= U'9'; };
  if (digits.size() < 4 || !std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  std::string text;
  for (const auto c : digits) text += static_cast<char>(c);
  constexpr std::size_t number_digits_max = 4;
  for (std::size_t first = 1; first <= number_digits_max && first < text.size(); ++first) {
    for (std::size_t second = 1; second <= number_digits_max && first + second < text.size(); ++second) {
      const auto begin = std::stoll(text.substr(0, first));
      const auto step = std::stoll(text.substr(first, second)) - begin;
      std::string counted;
      for (auto number = begin; number >= 0 && counted.size() < text.size(); number += step)
        counted += std::to_string(number);
      // At least a third number must be whole.
      if (counted.starts_with(text) && text.size() > first + second + std::max(first, second) - 1) return true;
    }
  }
  return false;
}

}  // namespace

std::u32string fold(std::string_view text) { return stripped(from_utf8(text)); }

std::u32string fold_as_typed(std::string_view text) {
  auto typed = from_utf8(text);
  typed.toLower();
  for (const auto& [letter, pair] :
       {std::pair{u"ä", u"ae"}, {u"ö", u"oe"}, {u"ü", u"ue"}, {u"å", u"aa"}, {u"ø", u"oe"}})
    typed.findAndReplace(letter, pair);
  return stripped(typed);
}

std::u32string as_it_looks(std::u32string_view folded) {
  static constexpr std::u32string_view strange = U"аесорхукмтнвіјѕԁһɡԛԝοανρτικυηωβϲ";
  static constexpr std::u32string_view latin__ = U"aecopxykmtnbijsdhgqwoavptikunwbc";
  static_assert(strange.size() == latin__.size());
  std::u32string seen{folded};
  for (auto& c : seen) {
    if (const auto at = strange.find(c); at != strange.npos) c = latin__[at];
  }
  return seen;
}

std::u32string without_leet(std::u32string_view folded, bool is_one_an_l) {
  static constexpr std::u32string_view signs = U"43@05$7+8962!|€";
  static constexpr std::u32string_view words = U"aeaossttbggzile";
  static_assert(signs.size() == words.size());
  std::u32string plain{folded};
  for (auto& c : plain) {
    if (c == U'1') {
      c = is_one_an_l ? U'l' : U'i';
    } else if (const auto at = signs.find(c); at != signs.npos) {
      c = words[at];
    }
  }
  return plain;
}

std::u32string joined(std::u32string_view folded) {
  std::u32string left;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(left),
               [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; });
  return left;
}

std::vector<std::u32string> on_other_keyboards(std::u32string_view text) {
  std::vector<std::u32string> found;
  const auto add = [&](std::u32string_view from, std::u32string_view to) {
    std::u32string typed{text};
    for (auto& c : typed) {
      if (const auto at = from.find(c); at != from.npos && at < to.size()) c = to[at];
    }
    if (typed != text) found.push_back(std::move(typed));
  };
  for (const auto keys : other_keyboards()) {
    add(keys, us_keyboard());
    add(us_keyboard(), keys);
  }
  return found;
}

bool is_pattern(std::u32string_view text) {
  std::vector<std::int64_t> over_alphabet;
  std::vector<std::int64_t> over_keys;
  std::optional<key_place> before;
  bool is_typed = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0) over_alphabet.push_back(static_cast<std::int64_t>(text[i]) - static_cast<std::int64_t>(text[i - 1]));
    const auto here = place_of(text[i]);
    is_typed = is_typed && here.has_value();
    constexpr std::int64_t row_apart = 100;
    if (here && before) over_keys.push_back((here->row - before->row) * row_apart + here->column - before->column);
    before = here;
  }
  return is_few(kinds_of(over_alphabet), text.size()) || (is_typed && is_few(kinds_of(over_keys), text.size())) ||
         is_counted(text);
}

std::size_t period_of(std::u32string_view text) {
  constexpr std::size_t cut_front_max = 2, cut_back_max = 4;
  const auto repeats = [](std::u32string_view all, std::size_t period) {
    return all.size() >= 2 * period &&
           std::equal(all.begin() + static_cast<std::ptrdiff_t>(period), all.end(), all.begin());
  };
  auto shortest = text.size();
  for (std::size_t front = 0; front <= cut_front_max; ++front) {
    for (std::size_t back = 0; back <= cut_back_max; ++back) {
      if ((front + back) * 3 > text.size()) continue;
      const auto all = text.substr(front, text.size() - front - back);
      for (std::size_t period = 1; period < shortest && period <= all.size() / 2; ++period) {
        if (repeats(all, period)) shortest = period;
      }
    }
  }
  return shortest;
}

}  // namespace pulse::domain
