#include "connectors/pinterest/classify.hpp"

#include <catch2/catch.hpp>

#include "connectors/pinterest/options.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::pinterest;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 8h};

egress_reply reply_of(int status, std::string body) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

egress_reply error(int status, int code, const std::string& words = "m") {
  return reply_of(status, R"({"code":)" + std::to_string(code) + R"(,"message":")" + words + "\"}");
}

}  // namespace

TEST_CASE("Pinterest: every row of the table is what it says") {
  const auto [status, code, words, expected] = GENERATE(table<int, int, std::string, outcome_kind>({
      {400, 1, "Invalid request", outcome_kind::invalid},
      {400, 235, "Sorry! We could not fetch the image: Unable to reach the URL.", outcome_kind::invalid},
      {400, 40, "Board not found.", outcome_kind::permission},
      {401, 2, "Authentication failed.", outcome_kind::auth_expired},
      {403, 2, "Authentication failed.", outcome_kind::auth_expired},
      {403, 29, "You are not permitted to access that resource.", outcome_kind::permission},
      {403, 7, "Your app has trial access.", outcome_kind::permission},
      {404, 40, "Board not found.", outcome_kind::permission},
      {409, 9, "conflict", outcome_kind::transient},
      {429, 8, "This request exceeded a rate limit.", outcome_kind::rate_limited},
      {400, 8, "This request exceeded a rate limit.", outcome_kind::rate_limited},
      {408, 0, "", outcome_kind::unknown},
      {500, 0, "", outcome_kind::unknown},
      {503, 0, "", outcome_kind::unknown},
      {302, 0, "", outcome_kind::transient},
  }));
  CAPTURE(status, code);
  const auto made = classify_publish(error(status, code, words), now);
  CHECK(made.kind == expected);
  CHECK(made.http_status == status);
  CHECK_FALSE(made.reason.empty());
  // A step that publishes nothing is never unknown.
  CHECK(problem_of(error(status, code, words), step::harmless, now).kind ==
        (expected == outcome_kind::unknown ? outcome_kind::transient : expected));
}

TEST_CASE("Pinterest: only a pin that is named is published") {
  for (const auto status : {200, 201}) {
    const auto live = classify_publish(reply_of(status, R"({"id":"813744226420795884"})"), now);
    CHECK(live.kind == outcome_kind::published);
    CHECK(live.external_id == "813744226420795884");
    CHECK(live.external_url == "https://www.pinterest.com/pin/813744226420795884/");
  }
  CHECK(classify_publish(reply_of(201, R"({"id":813744226420795884})"), now).external_id == "813744226420795884");
  for (const auto* body : {"", "{}", R"({"id":"x"})", R"({"id":1.5})", R"({"id":null})", "<html>", "[]"}) {
    CAPTURE(body);
    CHECK(classify_publish(reply_of(201, body), now).kind == outcome_kind::unknown);
  }
}

TEST_CASE("Pinterest: what did not leave is transient, and what may have left is unknown") {
  egress_reply reply;
  reply.error = "Nobody listens there.";
  CHECK(classify_publish(reply, now).kind == outcome_kind::transient);
  reply.how_far = progress::bytes_may_have_left;
  CHECK(classify_publish(reply, now).kind == outcome_kind::unknown);
  reply.status = 201;
  reply.body = R"({"id":"1"})";  // cut off: the rest could say anything
  CHECK(classify_publish(reply, now).kind == outcome_kind::unknown);
}

TEST_CASE("Pinterest: of a structured header the leading number counts") {
  auto reply = reply_of(201, R"({"id":"1"})");
  reply.headers = {{"x-ratelimit-limit", R"(100, 100;w=1;name="safety_net_app_id_user_id", 1000;w=60;name="org_read")"},
                   {"x-ratelimit-remaining", "99"},
                   {"x-ratelimit-reset", "7"}};
  const auto told = budgets_of(reply, now);
  REQUIRE(told.size() == 1);
  CHECK(told[0].limit == 100);
  CHECK(told[0].remaining == 99);
  CHECK(told[0].resets_at == now + 7s);
  reply.headers[0].value = "many";
  CHECK(budgets_of(reply, now).empty());
}

TEST_CASE("Pinterest: a pause lasts as long as it says, and a minute when it does not say") {
  auto reply = error(429, 8);
  CHECK(classify_publish(reply, now).retry_at == now + 1min);
  reply.headers = {{"x-ratelimit-reset", "30"}};
  CHECK(classify_publish(reply, now).retry_at == now + 30s);
  reply.headers.push_back({"retry-after", "5"});
  CHECK(classify_publish(reply, now).retry_at == now + 5s);
}

TEST_CASE("Pinterest: a list of pins is read with times that have no zone") {
  const auto page = read_pins(
      R"({"items":[{"id":"2","created_at":"2026-11-29T07:00:01","title":" A ","description":null,"link":"https://a.test/"}],"bookmark":"b1"})");
  REQUIRE(page);
  CHECK(page->items.at(0).published_at == now - 1h + 1s);
  CHECK(page->items.at(0).text == pin_words("A", "", "https://a.test/"));
  CHECK(page->next == "b1");
  CHECK(read_pins(R"({"items":[],"bookmark":null})")->next.empty());
  for (const auto* body : {"", "{}", R"({"items":[1]})", R"({"items":[{"id":"1"}]})", R"({"items":{}})"})
    CHECK_FALSE(read_pins(body));
  CHECK(description_in(pin_words("t", "some words", "")) == "some words");
}

TEST_CASE("Pinterest: a pin leads where its option says, or where the first address of its text leads") {
  publication what;
  what.text = "Look at example.org and https://example.org/a?b=1, now";
  CHECK(link_of(what) == "https://example.org/a?b=1");
  what.options["link"] = "https://shop.example.org/";
  CHECK(link_of(what) == "https://shop.example.org/");
  what = {};
  what.text = "No address";
  CHECK(link_of(what).empty());
}
