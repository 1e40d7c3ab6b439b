#include "domain/platforms/unicode.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>

#include <catch2/catch.hpp>

#include "base/blank.hpp"

using namespace pulse;

namespace {

std::string to_utf8(char32_t point) {
  std::string made;
  if (point < 0x80) return made += static_cast<char>(point);
  const int rest = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  constexpr unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
  made += static_cast<char>(leads[rest] | (point >> (6 * rest)));
  for (int i = rest - 1; i >= 0; --i) made += static_cast<char>(0x80 | ((point >> (6 * i)) & 0x3f));
  return made;
}

/// By Unicode's properties, as ICU has them.
bool is_unseen(char32_t c) {
  const auto is = [c](UProperty property) { return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0; };
  constexpr char32_t looks_empty[] = {0x2800, 0x1d159, 0x16fe4};
  if (std::find(std::begin(looks_empty), std::end(looks_empty), c) != std::end(looks_empty)) return true;
  if (is(UCHAR_WHITE_SPACE) || is(UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || is(UCHAR_NONCHARACTER_CODE_POINT)) return true;
  const auto category = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((category & U_GC_CF_MASK) != 0) return !is(UCHAR_PREPENDED_CONCATENATION_MARK);
  return (category & (U_GC_CC_MASK | U_GC_Z_MASK)) != 0;
}

}  // namespace

TEST_CASE("of every code point it is known whether anybody would see it") {
  std::size_t differing = 0;
  for (char32_t point = 1; point <= 0x10ffff; ++point) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    if (base::is_blank(to_utf8(point)) == is_unseen(point)) continue;
    ++differing;
    if (differing < 5) UNSCOPED_INFO(static_cast<std::uint32_t>(point));
  }
  CHECK(differing == 0);
}

TEST_CASE("what nobody sees, strung together, is blank; one sign that is seen makes a text of it") {
  CHECK(domain::is_blank(""));
  CHECK(domain::is_blank(" \u00a0\u200b\u2060\ufeff\u3164"));
  CHECK(domain::is_blank(std::string_view("\0 \0", 3)));
  CHECK_FALSE(domain::is_blank(" \u200bё"));
  CHECK_FALSE(domain::is_blank("😀"));
  CHECK_FALSE(domain::is_blank("\xff"));
  CHECK_FALSE(domain::is_blank(std::string_view("\0\xc3", 2)));
}
