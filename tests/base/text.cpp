#include "base/text.hpp"

#include "tests/support/random_case.hpp"

using namespace pulse::base;
using pulse::support::random_source;

namespace {

/// UTF-8 of a code point by RFC 3629's table, which the code under test does not use.
std::string utf8(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xc0 | point >> 6), byte(0x80 | (point & 63))};
  if (point < 0x10000) return {byte(0xe0 | point >> 12), byte(0x80 | (point >> 6 & 63)), byte(0x80 | (point & 63))};
  return {byte(0xf0 | point >> 18), byte(0x80 | (point >> 12 & 63)), byte(0x80 | (point >> 6 & 63)),
          byte(0x80 | (point & 63))};
}

}  // namespace

TEST_CASE("every code point but NUL and the surrogates is clean UTF-8") {
  int wrong = 0;
  for (std::uint32_t point = 0; point <= 0x110000; ++point) {
    const bool expected = point != 0 && (point < 0xd800 || point > 0xdfff) && point <= 0x10ffff;
    std::string inside{'x'};
    inside += utf8(point);
    inside += 'y';
    if (is_clean_utf8(inside) != expected) ++wrong;
    if (expected && count_code_points(utf8(point)) != 1) ++wrong;
  }
  CHECK(wrong == 0);
}

TEST_CASE("a byte that spoils a text is found wherever it stands, also in a long one") {
  for (const char spoils : {'\0', '\x80', '\xff', '\xc3'}) {
    for (std::size_t size = 1; size <= 40; ++size) {
      const std::string plain(size, '\x7f');
      REQUIRE(is_clean_utf8(plain));
      for (std::size_t at = 0; at < size; ++at) {
        auto spoiled = plain;
        spoiled[at] = spoils;
        REQUIRE_FALSE(is_clean_utf8(spoiled));
        spoiled[at] = '\x01';
        REQUIRE(is_clean_utf8(spoiled));
      }
    }
  }
}

TEST_CASE("overlong, cut and stray bytes are no UTF-8") {
  for (const std::string text : {"\x80",
                                 "\xbf",
                                 "\xc0\x80",
                                 "\xc1\xbf",
                                 "\xc3",
                                 "\xc3\x28",
                                 "\xe0\x80\x80",
                                 "\xe0\x9f\xbf",
                                 "\xe2\x82",
                                 "\xe2\x28\xa1",
                                 "\xf0\x80\x80\x80",
                                 "\xf0\x8f\xbf\xbf",
                                 "\xf0\x9f\x98",
                                 "\xf4\x90\x80\x80",
                                 "\xf5\x80\x80\x80",
                                 "\xf8\x88\x80\x80\x80",
                                 "\xfe",
                                 "\xff",
                                 "\xed\xa0\x80",
                                 "\xc3\xa4\xa4"}) {
    CHECK_FALSE(is_clean_utf8(text));
    CHECK_FALSE(is_clean_utf8("before " + text));
    CHECK_FALSE(is_clean_utf8(text + " after"));
  }
  CHECK_FALSE(is_clean_utf8(std::string_view("a\0b", 3)));
  CHECK(is_clean_utf8(""));
}

TEST_CASE("code points are counted, not bytes") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abc") == 3);
  CHECK(count_code_points("äöü") == 3);
  CHECK(count_code_points("👍🏽") == 2);
}

TEST_CASE("text keeps its bounds, in code points") {
  CHECK_FALSE(text_problem("äöü", 3, 3));
  CHECK(text_problem("", 1, 5) == "must not be empty");
  CHECK(text_problem("ab", 3, 5) == "must have at least 3 characters");
  CHECK(text_problem("äöüäöü", 1, 5) == "must have at most 5 characters, has 6");
  CHECK(text_problem("\xff", 1, 5) == "must be valid UTF-8 without NUL");
  CHECK(text_problem(std::string_view("\0", 1), 0, 5) == "must be valid UTF-8 without NUL");
  CHECK_FALSE(text_problem("", 0, 5));
  CHECK(text_problem(" \u200b", 1, 5) == "must not be blank");
  CHECK_FALSE(text_problem(" \u200b", 0, 5));  // what may be empty is for whoever reads it
}

TEST_CASE("any code points strung together are clean and counted, and a cut inside of one is noticed") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const auto count = random.between<std::size_t>(1, 30);
    for (std::size_t i = 0; i < count; ++i) {
      auto point = random.between<std::uint32_t>(1, random.between(0, 1) == 0 ? 0x7ff : 0x10ffff);
      if (point >= 0xd800 && point <= 0xdfff) point -= 0x800;
      text += utf8(point);
    }
    REQUIRE(is_clean_utf8(text));
    REQUIRE(count_code_points(text) == count);
    const bool last_is_long = (text.back() & 0x80) != 0;
    text.pop_back();
    REQUIRE(is_clean_utf8(text) != last_is_long);
  }
}
