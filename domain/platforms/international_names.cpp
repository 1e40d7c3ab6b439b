#include "domain/platforms/international_names.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <memory>

#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

/// Hyphens stand where they like in names that are in use ("r1---a.example.com").
constexpr std::uint32_t forgiven =
    UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_EMPTY_LABEL;

const icu::IDNA* table() {
  static const auto made = [] {
    UErrorCode failure = U_ZERO_ERROR;
    std::unique_ptr<icu::IDNA> all{
        icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE, failure)};
    return U_FAILURE(failure) ? nullptr : std::move(all);
  }();
  return made.get();
}

icu::StringPiece piece_of(std::string_view text) { return {text.data(), static_cast<std::int32_t>(text.size())}; }

}  // namespace

std::optional<std::string> to_ascii_name(std::string_view name) {
  if (table() == nullptr) return std::nullopt;
  std::string spelt;
  icu::StringByteSink<std::string> into{&spelt};
  icu::IDNAInfo found;
  UErrorCode failure = U_ZERO_ERROR;
  table()->nameToASCII_UTF8(piece_of(name), into, found, failure);
  if (U_FAILURE(failure) || (found.getErrors() & ~forgiven) != 0) return std::nullopt;
  return spelt;
}

std::optional<std::u32string> to_letters(std::string_view label) {
  if (table() == nullptr) return std::nullopt;
  std::string letters;
  icu::StringByteSink<std::string> into{&letters};
  icu::IDNAInfo found;
  UErrorCode failure = U_ZERO_ERROR;
  table()->labelToUnicodeUTF8(piece_of(label), into, found, failure);
  if (U_FAILURE(failure) || found.hasErrors()) return std::nullopt;
  return to_code_points(letters);
}

}  // namespace pulse::domain
