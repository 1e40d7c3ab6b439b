// The small pure parts of the generic server.
#include "http/server/compression.hpp"
#include "http/server/query.hpp"
#include "http/server/request_id.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse::http::server;

TEST_CASE("a query is read into names and values", "[http][query]") {
  const auto read = parse_query("a=1&b=x+y%20z&&flag&a=2&%C3%A9=%26%3D&e==");
  REQUIRE(read.has_value());
  const query_parameters expected{{"a", "1"}, {"b", "x y z"}, {"flag", ""}, {"a", "2"}, {"\xc3\xa9", "&="}, {"e", "="}};
  CHECK(*read == expected);
  CHECK(parse_query("")->empty());
}

TEST_CASE("a query that is not clean is refused", "[http][query]") {
  for (const auto* bad : {"a=%", "a=%4", "a=%zz", "%g1=1"}) {
    INFO(bad);
    CHECK(parse_query(bad).error() == query_problem::bad_escape);
  }
  for (const auto* bad : {"a=%00", "a=%ff", "%c0%ae=1", "a=%ed%a0%80"}) {
    INFO(bad);
    CHECK(parse_query(bad).error() == query_problem::not_text);
  }
  std::string many = "a";
  for (std::size_t i = 1; i < query_parameters_max; ++i) many += "&a";
  CHECK(parse_query(many).has_value());
  CHECK(parse_query(many + "&a").error() == query_problem::too_many);
  CHECK(to_sentence(query_problem::too_many).ends_with("100 parameters."));
}

TEST_CASE("Accept-Encoding is read with its weights", "[http][compression]") {
  for (const auto* accepting :
       {"gzip", "GZIP", "br, gzip", "deflate;q=1, gzip;q=0.001", "*", "*;q=0.1", "x-gzip", "gzip ; Q=1"}) {
    INFO(accepting);
    CHECK(accepts_gzip(accepting));
  }
  for (const auto* refusing :
       {"", "br", "gzip;q=0", "gzip;q=0.000", "*, gzip;q=0", "*;q=0", "identity", "gzipped", "gzip; q=0"}) {
    INFO(refusing);
    CHECK_FALSE(accepts_gzip(refusing));
  }
}

TEST_CASE("text is compressible and pictures are not", "[http][compression]") {
  for (const auto* type : {"text/html; charset=utf-8", "application/json", "application/problem+json",
                           "application/atom+xml", "image/svg+xml", "application/feed+json; charset=utf-8"}) {
    INFO(type);
    CHECK(is_compressible(type));
  }
  for (const auto* type : {"image/png", "application/octet-stream", "font/woff2", "video/mp4", ""}) {
    INFO(type);
    CHECK_FALSE(is_compressible(type));
  }
}

TEST_CASE("request ids of two sources never meet", "[http][parts]") {
  request_id_source first;
  request_id_source second;
  std::string a;
  std::string b;
  first.next(a);
  second.next(b);
  CHECK(a != b);
  CHECK(is_request_id(a));
  first.next(b);
  CHECK(a != b);
  CHECK(a.substr(0, 17) == b.substr(0, 17));
}
