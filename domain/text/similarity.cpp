#include "domain/text/similarity.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

constexpr std::size_t piece_characters = 3;

/// A finalizer of 64 bits (Steele, Lea and Flood 2014, SplitMix64): every bit of the input moves every bit of the
/// output.
constexpr std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

/// Compatibility decomposition with case folding: "É" and "e" become the same letter and a mark.
icu::UnicodeString folded(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* decompose = icu::Normalizer2::getNFDInstance(status);
  auto utf16 =
      icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()));
  if (U_FAILURE(status)) return utf16;
  return decompose->normalize(casefold->normalize(utf16, status), status);
}

/// The different pieces of the normalized text, sorted.
std::vector<std::u32string> pieces_of(std::string_view text) {
  const auto letters = U" " + to_nfc(normalized(text)) + U" ";
  std::vector<std::u32string> made;
  if (letters.size() == 2) return made;
  for (std::size_t at = 0; at + piece_characters <= letters.size(); ++at)
    made.push_back(letters.substr(at, piece_characters));
  std::sort(made.begin(), made.end());
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}

}  // namespace

std::string normalized(std::string_view text) {
  auto without_links = to_nfc(text);
  for (const auto& each : find_links(without_links)) {
    const auto begin = without_links.begin();
    std::fill(begin + static_cast<std::ptrdiff_t>(each.begin), begin + static_cast<std::ptrdiff_t>(each.end), U' ');
  }
  const auto letters = folded(without_links);
  std::u32string made;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const auto c = letters.char32At(i);
    if (u_hasBinaryProperty(c, UCHAR_ALPHABETIC) || u_isdigit(c)) {
      if (u_charType(c) != U_NON_SPACING_MARK) made += static_cast<char32_t>(c);
    } else if (u_charType(c) != U_NON_SPACING_MARK && !made.empty() && made.back() != U' ') {
      made += U' ';
    }
  }
  if (!made.empty() && made.back() == U' ') made.pop_back();
  return to_utf8(made);
}

signature signature_of(std::string_view text) {
  signature made;
  made.fill(std::numeric_limits<std::uint32_t>::max());
  auto letters = to_nfc(normalized(text));
  if (letters.empty()) return made;
  letters.insert(letters.begin(), U' ');
  letters += U' ';
  for (std::size_t at = 0; at + piece_characters <= letters.size(); ++at) {
    std::uint64_t piece = 0;
    for (std::size_t i = 0; i < piece_characters; ++i) piece = mixed(piece ^ letters[at + i]);
    for (std::size_t i = 0; i < signature_size; ++i) {
      made[i] = std::min(made[i], static_cast<std::uint32_t>(mixed(piece + i * 0x632be59bd9b4e019U)));
    }
  }
  return made;
}

std::vector<std::int64_t> bands_of(const signature& of) {
  constexpr auto rows = signature_size / signature_bands;
  std::vector<std::int64_t> made;
  for (std::size_t band = 0; band < signature_bands; ++band) {
    std::uint64_t hash = band;
    for (std::size_t row = 0; row < rows; ++row) hash = mixed(hash ^ of[band * rows + row]);
    made.push_back(static_cast<std::int64_t>(hash));
  }
  return made;
}

double similarity_of(const signature& a, const signature& b) {
  std::size_t same = 0;
  for (std::size_t i = 0; i < signature_size; ++i) same += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(same) / signature_size;
}

double exact_similarity(std::string_view a, std::string_view b) {
  const auto of_a = pieces_of(a);
  const auto of_b = pieces_of(b);
  if (of_a.empty() && of_b.empty()) return 1;
  std::vector<std::u32string> both;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(of_a.size() + of_b.size() - both.size());
}

}  // namespace pulse::domain
