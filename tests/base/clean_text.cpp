#include "base/clean_text.hpp"

#include "base/text.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::base {

TEST_CASE("text from outside becomes fit to be stored, and clean text stays as it is") {
  CHECK(clean_utf8("", 10) == "");
  CHECK(clean_utf8("caf\xc3\xa9 \xf0\x9f\x90\x98", 100) == "caf\xc3\xa9 \xf0\x9f\x90\x98");
  CHECK(clean_utf8(std::string_view{"a\0b", 3}, 10) == "a?b");
  CHECK(clean_utf8("a\xff\xc3", 10) == "a??");
  CHECK(clean_utf8("\xed\xa0\x80", 10) == "???");  // a surrogate
}

TEST_CASE("text from outside is cut between characters") {
  CHECK(clean_utf8("abc", 2) == "ab");
  CHECK(clean_utf8("a\xc3\xa9", 2) == "a");
  CHECK(clean_utf8("a\xc3\xa9", 3) == "a\xc3\xa9");
  CHECK(clean_utf8("abc", 0) == "");
}

TEST_CASE("whatever the bytes, the text is clean and not too long") {  // asvs: 1.3.3
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 2'000; ++i) {
    const auto bytes = random.bytes(random.between<std::size_t>(0, 60));
    const auto most = random.between<std::size_t>(0, 60);
    const auto text = clean_utf8(bytes, most);
    REQUIRE(is_clean_utf8(text));
    REQUIRE(text.size() <= most);
    if (is_clean_utf8(bytes) && bytes.size() <= most) REQUIRE(text == bytes);
  }
}

}  // namespace pulse::base
