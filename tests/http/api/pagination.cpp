#include "http/api/pagination.hpp"

#include <catch2/catch.hpp>

#include "tests/support/random_case.hpp"

using namespace pulse;

namespace {

struct row {
  base::timestamp created_at;
  base::uuid id;
};

std::vector<row> make_rows(std::size_t count) {
  std::vector<row> rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i].id = base::uuid_from_name(std::to_string(i));
  return rows;
}

http::page_request ask(std::int64_t limit) {
  http::page_request asked;
  asked.limit.emplace().value = limit;
  return asked;
}

http::page_key key_of(const row& one) { return {one.created_at, one.id}; }

}  // namespace

TEST_CASE("a cursor gives back the key that it was made of") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 1000; ++round) {
    http::page_key key;
    key.at = base::timestamp{std::chrono::microseconds{random.between<std::int64_t>(0, 253'402'300'799'999'999)}};
    key.id = base::uuid_from_name(std::to_string(round));
    const auto cursor = http::to_cursor(key);
    CHECK(cursor.size() == 32);
    const auto read = http::parse_cursor(cursor);
    REQUIRE(read.has_value());
    CHECK(*read == key);
  }
}

TEST_CASE("what is no cursor is refused, also a time that cannot be written") {
  const auto cursor = http::to_cursor({});
  for (std::size_t size = 0; size < cursor.size(); ++size)
    CHECK_FALSE(http::parse_cursor(cursor.substr(0, size)).has_value());
  CHECK_FALSE(http::parse_cursor(cursor + "A").has_value());
  CHECK_FALSE(http::parse_cursor(std::string(32, '_')).has_value());
  CHECK_FALSE(http::parse_cursor("'; DROP TABLE posts; --AAAAAAAAA").has_value());
}

TEST_CASE("a page names the next one exactly when there is one") {
  CHECK(ask(3).rows() == 4);
  const auto full = http::make_page(make_rows(4), ask(3), key_of);
  CHECK(full.items.size() == 3);
  REQUIRE(full.next_cursor.has_value());
  CHECK(http::parse_cursor(*full.next_cursor)->id == base::uuid_from_name("2"));
  const auto last = http::make_page(make_rows(3), ask(3), key_of);
  CHECK(last.items.size() == 3);
  CHECK_FALSE(last.next_cursor.has_value());
  CHECK(http::make_page(std::vector<row>{}, {}, key_of).items.empty());
}

TEST_CASE("a list begins after the end of time") {
  const auto start = http::page_request{}.start();
  CHECK(base::to_string(start.at).substr(0, 4) == "9999");
  CHECK(base::to_string(start.id) == "ffffffff-ffff-ffff-ffff-ffffffffffff");
}

TEST_CASE("the link to the next page keeps the filters and replaces the cursor") {
  http::server::request asked;
  asked.target = "/api/posts?project_id=1&cursor=old&status=failed";
  asked.query = "project_id=1&cursor=old&status=failed";
  CHECK(http::next_link(asked, "new") == R"(</api/posts?project_id=1&status=failed&cursor=new>; rel="next")");
  asked.target = "/posts";
  asked.query = "";
  CHECK(http::next_link(asked, "new") == R"(</posts?cursor=new>; rel="next")");
}
