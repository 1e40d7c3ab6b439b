#include "base/percent.hpp"

#include <catch2/catch.hpp>

using namespace pulse::base;

TEST_CASE("what is percent-encoded is decoded to the same bytes, whatever they are") {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  for (const auto plus : {plus_sign::literal, plus_sign::space}) {
    std::string decoded = "of before";
    REQUIRE(percent_decode(percent_encoded(bytes), plus, decoded));
    CHECK(decoded == bytes);
  }
  CHECK(percent_encoded("a/b c~", "/") == "a/b%20c~");
}

TEST_CASE("a plus sign is a space in forms only") {
  std::string decoded;
  REQUIRE(percent_decode("a+b%2B", plus_sign::space, decoded));
  CHECK(decoded == "a b+");
  REQUIRE(percent_decode("a+b%2b", plus_sign::literal, decoded));
  CHECK(decoded == "a+b+");
}

TEST_CASE("a percent sign without two hexadecimal digits is not decoded") {
  for (const auto* bad : {"%", "a%", "%4", "%4g", "%g4", "%%41", "%41%", "% 41", "%+41"}) {
    INFO(bad);
    std::string decoded = "of before";
    CHECK_FALSE(percent_decode(bad, plus_sign::literal, decoded));
    CHECK(decoded == "of before");
    CHECK(percent_decoded(bad) == bad);
  }
  CHECK(percent_decoded("p%40ss") == "p@ss");
}
