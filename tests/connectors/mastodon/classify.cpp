// Every row of Mastodon's error table has a case here.
#include "connectors/mastodon/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::mastodon;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

egress_reply reply_of(int status, std::string body, std::vector<egress_header> headers = {}) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return reply;
}

egress_reply unfinished(progress how_far) {
  egress_reply reply;
  reply.how_far = how_far;
  reply.error = "It broke.";
  return reply;
}

}  // namespace

TEST_CASE("Mastodon: every row of the table is what it says, in whatever language") {
  const auto [status, expected] = GENERATE(table<int, outcome_kind>({
      {400, outcome_kind::invalid},
      {401, outcome_kind::auth_expired},
      {403, outcome_kind::permission},
      {404, outcome_kind::invalid},
      {408, outcome_kind::unknown},
      {409, outcome_kind::transient},
      {410, outcome_kind::transient},
      {413, outcome_kind::invalid},
      {422, outcome_kind::invalid},
      {429, outcome_kind::rate_limited},
      {500, outcome_kind::unknown},
      {502, outcome_kind::unknown},
      {503, outcome_kind::unknown},
      {504, outcome_kind::unknown},
      {302, outcome_kind::transient},
  }));
  CAPTURE(status);
  for (const auto* body : {R"({"error":"Validation failed: Text character limit of 500 exceeded"})",
                           R"({"error":"Überprüfung fehlgeschlagen"})", "<html>", ""}) {
    CAPTURE(body);
    const auto outcome = classify_publish(reply_of(status, body), now);
    CHECK(outcome.kind == expected);
    CHECK(outcome.http_status == status);
    CHECK_FALSE(outcome.reason.empty());
    CHECK(problem_of(reply_of(status, body), now).kind != outcome_kind::unknown);
  }
}

TEST_CASE("Mastodon: what did not come whole is unknown once a byte may have left, and transient before") {
  CHECK(classify_publish(unfinished(progress::no_byte_sent), now).kind == outcome_kind::transient);
  CHECK(classify_publish(unfinished(progress::bytes_may_have_left), now).kind == outcome_kind::unknown);
  CHECK(problem_of(unfinished(progress::bytes_may_have_left), now).kind == outcome_kind::transient);
  auto refused = unfinished(progress::no_byte_sent);
  refused.address_refused = true;
  CHECK(classify_publish(refused, now).kind == outcome_kind::permission);
}

TEST_CASE("Mastodon: a post is published with its id and address, and nothing else is one") {
  const auto live = classify_publish(
      reply_of(
          200,
          R"({"id":"115000000000000001","url":"https://a.example/@acme/115000000000000001","visibility":"public"})"),
      now);
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id == "115000000000000001");
  CHECK(live.external_url == "https://a.example/@acme/115000000000000001");
  const auto quiet = classify_publish(reply_of(200, R"({"id":"01J3ULID","url":null,"visibility":"unlisted"})"), now);
  CHECK(quiet.kind == outcome_kind::published);
  CHECK_FALSE(quiet.external_url);
  CHECK(visibility_in(reply_of(200, R"({"id":"1","visibility":"unlisted"})")) == "unlisted");
  CHECK_FALSE(classify_publish(reply_of(200, R"({"id":"1","url":"ftp://a.example/1"
})"),
                               now)
                  .external_url);
  for (const auto* body : {"", "{}", "[]", R"({"id":""})", R"({"id":"../1"})", R"({"id":7})", "<html>",
                           R"({"id":"3","scheduled_at":"2026-11-22T09:00:00.000Z"})"}) {
    CAPTURE(body);
    CHECK(classify_publish(reply_of(200, body), now).kind == outcome_kind::unknown);
  }
}

TEST_CASE("Mastodon: the headers' reset is a time, and what makes no sense is left out") {
  const auto limited = [](const char* limit, const char* remaining, const char* reset) {
    return reply_of(429, "{}",
                    {{"x-ratelimit-limit", limit}, {"x-ratelimit-remaining", remaining}, {"x-ratelimit-reset", reset}});
  };
  const auto told = limited("300", "0", "2026-11-22T08:05:00.123456Z");
  const auto budgets = read_budgets(told, now);
  REQUIRE(budgets.size() == 1);
  CHECK(budgets[0].budget == "posts");
  CHECK(budgets[0].limit == 300);
  CHECK(budgets[0].remaining == 0);
  CHECK(budgets[0].resets_at == now + 5min + 123456us);
  CHECK(classify_publish(told, now).retry_at == now + 5min + 123456us);
  CHECK(classify_publish(limited("300", "0", "2026-11-22T07:00:00Z"), now).retry_at == now);
  CHECK(read_budgets(limited("300", "301", "2026-11-22T08:05:00Z"), now).empty());
  CHECK(read_budgets(limited("x", "1", "2026-11-22T08:05:00Z"), now).empty());
  CHECK(read_budgets(limited("300", "1", "1795334700"), now).empty());
  CHECK(read_budgets(limited("300", "1", "2036-11-22T08:05:00Z"), now).empty());
  CHECK(classify_publish(reply_of(429, "", {{"retry-after", "60"}}), now).retry_at == now + 60s);
}

TEST_CASE("Mastodon: a list is read whole or not at all") {
  const auto list = read_statuses(
      R"([{"id":"2","url":"https://a.example/@b/2","content":"<p>Hi</p>","spoiler_text":"","in_reply_to_id":null,)"
      R"("created_at":"2026-11-22T08:00:00.000Z","media_attachments":[{"id":"9"}]}])");
  REQUIRE(list);
  REQUIRE(list->size() == 1);
  CHECK(list->front().id == "2");
  CHECK(list->front().media_ids == std::vector<std::string>{"9"});
  CHECK(read_statuses("[]")->empty());
  for (const auto* body : {"", "{}", "[1]", R"([{"id":"2"}])", R"([{"id":"","created_at":"2026-11-22T08:00:00Z"}])"})
    CHECK_FALSE(read_statuses(body));
}

TEST_CASE("Mastodon: an upload is ready, or will be") {
  CHECK(read_media(reply_of(200, R"({"id":"9"})"))->is_ready);
  CHECK_FALSE(read_media(reply_of(202, R"({"id":"9","url":null})"))->is_ready);
  CHECK_FALSE(read_media(reply_of(206, R"({"id":"9"})"))->is_ready);
  CHECK_FALSE(read_media(reply_of(422, R"({"id":"9"})")));
  CHECK_FALSE(read_media(reply_of(200, "{}")));
}
