// Every row of Bluesky's error table has a case here.
#include "connectors/bluesky/classify.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace pulse::connectors::bluesky;
using pulse::domain::outcome_kind;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};
constexpr auto did = "did:plc:abc234";
constexpr auto rkey = "3kabcdefghijk";

egress_reply reply_of(int status, std::string body, std::vector<egress_header> headers = {}) {
  egress_reply reply;
  reply.how_far = progress::complete;
  reply.status = status;
  reply.body = std::move(body);
  reply.headers = std::move(headers);
  return reply;
}

egress_reply error(int status, const std::string& name) {
  return reply_of(status, R"({"error":")" + name + R"(","message":"Words"})");
}

}  // namespace

TEST_CASE("Bluesky: every row of the table is what it says") {
  const auto [status, name, expected] = GENERATE(table<int, const char*, outcome_kind>({
      {400, "ExpiredToken", outcome_kind::transient},
      {400, "InvalidToken", outcome_kind::auth_expired},
      {401, "AuthMissing", outcome_kind::auth_expired},
      {401, "AuthenticationRequired", outcome_kind::auth_expired},
      {401, "invalid_token", outcome_kind::auth_expired},
      {401, "use_dpop_nonce", outcome_kind::transient},
      {401, "SomethingNew", outcome_kind::auth_expired},
      {401, "AccountTakedown", outcome_kind::permission},
      {401, "AccountDeactivated", outcome_kind::permission},
      {403, "AccountNotFound", outcome_kind::permission},
      {403, "ScopeMissing", outcome_kind::permission},
      {400, "InvalidRequest", outcome_kind::invalid},
      {400, "InvalidMimeType", outcome_kind::invalid},
      {400, "InvalidSize", outcome_kind::invalid},
      {400, "BlobTooLarge", outcome_kind::invalid},
      {413, "PayloadTooLarge", outcome_kind::invalid},
      {400, "BlobNotFound", outcome_kind::transient},
      {400, "InvalidSwap", outcome_kind::unknown},
      {408, "", outcome_kind::unknown},
      {409, "", outcome_kind::transient},
      {429, "RateLimitExceeded", outcome_kind::rate_limited},
      {500, "InternalServerError", outcome_kind::unknown},
      {502, "UpstreamFailure", outcome_kind::unknown},
      {503, "NotEnoughResources", outcome_kind::unknown},
      {504, "UpstreamTimeout", outcome_kind::unknown},
      {501, "MethodNotImplemented", outcome_kind::permission},
      {302, "", outcome_kind::transient},
  }));
  CAPTURE(status, name);
  const auto outcome = classify_put(error(status, name), did, rkey, now);
  CHECK(outcome.kind == expected);
  CHECK(outcome.http_status == status);
  CHECK(problem_of(error(status, name), now).kind != outcome_kind::unknown);
}

TEST_CASE("Bluesky: errors may be HTML of a proxy, and replies may not come") {
  CHECK(classify_put(reply_of(502, "<html>"), did, rkey, now).kind == outcome_kind::unknown);
  CHECK(classify_put(reply_of(401, "<html>"), did, rkey, now).kind == outcome_kind::auth_expired);
  egress_reply lost;
  lost.how_far = progress::bytes_may_have_left;
  CHECK(classify_put(lost, did, rkey, now).kind == outcome_kind::unknown);
  lost.how_far = progress::no_byte_sent;
  CHECK(classify_put(lost, did, rkey, now).kind == outcome_kind::transient);
  lost.address_refused = true;
  CHECK(classify_put(lost, did, rkey, now).kind == outcome_kind::permission);
}

TEST_CASE("Bluesky: a post is published under its own key, with and without a commit, and nothing else is one") {
  const auto live = classify_put(
      reply_of(200, R"({"uri":"at://did:plc:abc234/app.bsky.feed.post/3kabcdefghijk","cid":"bafy"})"), did, rkey, now);
  CHECK(live.kind == outcome_kind::published);
  CHECK(live.external_id == "at://did:plc:abc234/app.bsky.feed.post/3kabcdefghijk");
  CHECK(live.external_url == "https://bsky.app/profile/did:plc:abc234/post/3kabcdefghijk");
  for (const auto* body : {"", "{}", "<html>", R"({"uri":"at://did:plc:abc234/app.bsky.feed.post/3kabcdefghijk"})",
                           R"({"uri":"at://did:plc:other/app.bsky.feed.post/3kabcdefghijk","cid":"b"})",
                           R"({"uri":"at://did:plc:abc234/app.bsky.feed.post/3kabcdefghijj","cid":"b"})"}) {
    CAPTURE(body);
    CHECK(classify_put(reply_of(200, body), did, rkey, now).kind == outcome_kind::unknown);
  }
}

TEST_CASE("Bluesky: points are converted to posts, requests are not, and Retry-After comes first") {
  const auto seconds = std::to_string(std::chrono::floor<std::chrono::seconds>(now + 10min).time_since_epoch().count());
  const auto limited = [&](const char* limit, const char* remaining, const char* policy) {
    return reply_of(429, R"({"error":"RateLimitExceeded"})",
                    {{"ratelimit-limit", limit},
                     {"ratelimit-remaining", remaining},
                     {"ratelimit-reset", seconds},
                     {"ratelimit-policy", policy}});
  };
  const auto points = read_budgets(limited("5000", "101", "5000;w=3600"), now);
  REQUIRE(points.size() == 1);
  CHECK(points[0].limit == 2'500);
  CHECK(points[0].remaining == 50);
  CHECK(points[0].resets_at == now + 10min);
  CHECK(read_budgets(limited("3000", "7", "3000;w=300"), now)[0].remaining == 7);
  CHECK(read_budgets(limited("10", "11", "10;w=300"), now).empty());
  CHECK(read_budgets(reply_of(200, "{}"), now).empty());
  CHECK(classify_put(limited("1", "0", "1;w=300"), did, rkey, now).retry_at == now + 10min);
  auto told = limited("1", "0", "1;w=300");
  told.headers.push_back({"retry-after", "30"});
  CHECK(classify_put(told, did, rkey, now).retry_at == now + 30s);
}

TEST_CASE("Bluesky: a key's record is ours, another's, missing, or unknown") {
  const auto found = [](const char* text) {
    return reply_of(200, R"({"uri":"at://x","cid":"b","value":{"$type":"app.bsky.feed.post","text":")" +
                             std::string{text} + "\"}}");
  };
  CHECK(record_in(found("Hello"), "Hello") == record_state::ours);
  CHECK(record_in(found("Bye"), "Hello") == record_state::other);
  CHECK(record_in(error(400, "RecordNotFound"), "Hello") == record_state::absent);
  CHECK(record_in(error(404, "NotFound"), "Hello") == record_state::unknown);
  CHECK(record_in(error(400, "InvalidRequest"), "Hello") == record_state::unknown);
  CHECK(record_in(error(500, "RecordNotFound"), "Hello") == record_state::unknown);
  CHECK(record_in(reply_of(200, "{}"), "Hello") == record_state::unknown);
}

TEST_CASE("Bluesky: a blob is taken as it is, or not at all") {
  const auto* whole = R"({"blob":{"$type":"blob","ref":{"$link":"bafk"},"mimeType":"image/png","size":3}})";
  CHECK(blob_in(reply_of(200, whole)) == R"({"$type":"blob","ref":{"$link":"bafk"},"mimeType":"image/png","size":3})");
  for (const auto* body :
       {"{}", R"({"blob":1})", R"({"blob":{"$type":"blob"}})", R"({"blob":{"$type":"blob","ref":{"$link":""}}})"})
    CHECK_FALSE(blob_in(reply_of(200, body)));
  CHECK_FALSE(blob_in(reply_of(500, whole)));
}

TEST_CASE("Bluesky: a page of records leaves out what is not in the form of posts") {
  const auto page = read_records(
      R"({"cursor":"c","records":[{"uri":"at://did:plc:abc234/app.bsky.feed.post/3kabcdefghijk","cid":"b",)"
      R"("value":{"text":"Hi","createdAt":"2026-11-22T08:00:00.000Z"}},)"
      R"({"uri":"at://did:plc:abc234/app.bsky.feed.post/other","cid":"b","value":{"text":"Odd"}}]})",
      did);
  REQUIRE(page);
  CHECK(page->cursor == "c");
  REQUIRE(page->posts.size() == 1);
  CHECK(page->posts[0].text == "Hi");
  CHECK_FALSE(read_records("<html>", did));
  CHECK_FALSE(read_records(R"({"records":[1]})", did));
}
