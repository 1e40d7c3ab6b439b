#include <catch2/catch.hpp>

#include "http/routes/media/byte_range.hpp"
#include "http/routes/media/tus.hpp"

using pulse::http::routes::byte_range;
using pulse::http::routes::parse_range;
namespace tus = pulse::http::routes::tus;

TEST_CASE("a range of bytes is what the header asks for, cut to what is there", "[media]") {
  CHECK(parse_range("bytes=0-9", 100) == byte_range{0, 10});
  CHECK(parse_range("bytes=90-", 100) == byte_range{90, 10});
  CHECK(parse_range("bytes=90-1000", 100) == byte_range{90, 10});
  CHECK(parse_range("bytes=-10", 100) == byte_range{90, 10});
  CHECK(parse_range("bytes=-1000", 100) == byte_range{0, 100});
}

TEST_CASE("a range that begins behind the end has nothing, and one that cannot be read asks for all", "[media]") {
  CHECK(parse_range("bytes=100-", 100) == byte_range{});
  CHECK(parse_range("bytes=-0", 100)->count == 0);
  for (const auto* const text :
       {"bytes=9-0", "bytes=a-b", "bytes=", "bytes=-", "lines=0-1", "bytes=0-1,5-6", "bytes=--1", "bytes=1"})
    CHECK_FALSE(parse_range(text, 100));
}

TEST_CASE("the metadata of an upload are names with values in base64", "[media]") {  // asvs: 5.4.1
  const auto read = tus::read_metadata("filename aMOkLnBuZw==,project_id MQ==, is_confidential");
  REQUIRE(read);
  CHECK(read->at("filename") == "hä.png");
  CHECK(read->at("project_id") == "1");
  CHECK(read->at("is_confidential").empty());
  CHECK(tus::read_metadata("")->empty());
  for (const auto* const text : {"filename a b", "a MQ==,a MQ==", "a M", "a MQ===", " ,", "a -_-_"})
    CHECK_FALSE(tus::read_metadata(text));
}

TEST_CASE("a number of bytes is digits, and not too many of them", "[media]") {  // asvs: 1.4.2
  CHECK(tus::read_bytes("0") == 0);
  CHECK(tus::read_bytes("1073741824") == 1073741824);
  for (const auto* const text : {"", "-1", "+1", " 1", "1.0", "9999999999999999999"})
    CHECK_FALSE(tus::read_bytes(text));
}
