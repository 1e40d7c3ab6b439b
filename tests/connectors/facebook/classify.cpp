#include "connectors/facebook/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::facebook;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error(int code, int subcode) {
  return reply_of(400, R"({"error":{"message":"m","type":"OAuthException","code":)" + std::to_string(code) +
                           R"(,"error_subcode":)" + std::to_string(subcode) + "}}");
}

}  // namespace

TEST_CASE("Facebook: every row of the tables is what it says") {
  const auto [code, subcode, expected] = GENERATE(table<int, int, outcome_kind>({
      {1, 0, outcome_kind::unknown},
      {2, 0, outcome_kind::unknown},
      {3, 0, outcome_kind::permission},
      {4, 0, outcome_kind::rate_limited},
      {10, 0, outcome_kind::permission},
      {17, 0, outcome_kind::rate_limited},
      {32, 0, outcome_kind::rate_limited},
      {100, 0, outcome_kind::invalid},
      {190, 463, outcome_kind::auth_expired},
      {200, 0, outcome_kind::permission},
      {299, 0, outcome_kind::permission},
      {341, 0, outcome_kind::rate_limited},
      {506, 0, outcome_kind::duplicate},
      {613, 0, outcome_kind::rate_limited},
      {1609005, 0, outcome_kind::invalid},
      {80001, 0, outcome_kind::rate_limited},
      {100, 1366046, outcome_kind::invalid},
      {100, 1366051, outcome_kind::duplicate},
      {368, 1390008, outcome_kind::rate_limited},
      {368, 1346003, outcome_kind::permission},
      {368, 1404102, outcome_kind::permission},
      {368, 1404006, outcome_kind::permission},
      {200, 1404078, outcome_kind::permission},
      {368, 1404112, outcome_kind::permission},
      {368, 4854002, outcome_kind::permission},
      {1, 1363047, outcome_kind::transient},
      {1, 1609010, outcome_kind::transient},
      {100, 1609008, outcome_kind::invalid},
      {100, 2061006, outcome_kind::invalid},
      {100, 2069019, outcome_kind::invalid},
  }));
  CAPTURE(code, subcode);
  CHECK(classify_publish(error(code, subcode), now).kind == expected);
}

TEST_CASE("Facebook: only an id publishes") {
  const auto live = classify_publish(reply_of(200, R"({"id":"102_7"})"), now);
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id == "102_7");
  for (const auto* body : {"", "{}", "[]", R"({"id":7})", R"({"id":""})", R"({"id":"<script>"})", "<html>"}) {
    CAPTURE(body);
    CHECK(classify_publish(reply_of(200, body), now).kind == outcome_kind::unknown);
  }
}

TEST_CASE("Facebook: a list that cannot be read whole is none") {
  CHECK(read_posts(R"({"data":[]})")->items.empty());
  const auto page = read_posts(
      R"({"data":[{"id":"102_7","message":"a","created_time":"2026-11-22T08:00:00+0000"}],"paging":{"cursors":{"after":"c"},"next":"u"}})");
  REQUIRE(page);
  CHECK(page->items[0].text == "a");
  CHECK(page->next == "c");
  for (const auto* body :
       {"", "{}", R"({"data":{}})", R"({"data":[7]})", R"({"data":[{"id":"1"}]})",
        R"({"data":[{"created_time":"2026-11-22T08:00:00+0000"}]})", R"({"data":[],"paging":{"next":"u"}})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_posts(body));
  }
}
