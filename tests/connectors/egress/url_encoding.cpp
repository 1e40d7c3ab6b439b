#include "connectors/egress/url_encoding.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;

TEST_CASE("Everything but the unreserved characters is percent-encoded") {  // asvs: 1.2.2
  CHECK(percent_encoded("") == "");
  CHECK(percent_encoded("AZaz09-._~") == "AZaz09-._~");
  CHECK(percent_encoded("urn:li:share:1") == "urn%3Ali%3Ashare%3A1");
  CHECK(percent_encoded("a b/c?d&e=\xc3\xbc") == "a%20b%2Fc%3Fd%26e%3D%C3%BC");
}

TEST_CASE("A form has its fields in order") {
  CHECK(form_encoded({}) == "");
  CHECK(form_encoded({{"caption", "a&b"}, {"x y", ""}}) == "caption=a%26b&x%20y=");
}
