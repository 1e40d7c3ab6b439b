#include "http/api/idempotency.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using http::parse_idempotency_key;

TEST_CASE("an Idempotency-Key is read quoted and bare, and both are the same key") {
  CHECK(parse_idempotency_key("\"8e03978e\"") == "8e03978e");
  CHECK(parse_idempotency_key("8e03978e") == "8e03978e");
  CHECK(parse_idempotency_key(R"("a \"b\" \\ c")") == R"(a "b" \ c)");
  CHECK(parse_idempotency_key(std::string(255, 'x')).has_value());
}

TEST_CASE("what is no Idempotency-Key is refused") {
  for (const auto* value :
       {"", "\"\"", "\"", "a b", "\"a", "a\"", "\"a\"b\"", "\"a\\b\"", "\"a\\\"", "a,b", "\"a\x01\"", "\xc3\xa9"}) {
    INFO(value);
    CHECK_FALSE(parse_idempotency_key(value).has_value());
  }
  CHECK_FALSE(parse_idempotency_key(std::string(256, 'x')).has_value());
}
