// The routes of posts through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::count;
using tests::in_project;
using tests::names;
using tests::publishing_fixture;
using tests::types_of;

TEST_CASE("a post goes to all active channels of its project, or to the chosen ones") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto website = front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto all = front.get("/posts/" + front.add_post(token, project), token);
  CHECK(all.text("/status") == "draft");
  CHECK(all.body.at("deliveries").as_array().size() == 2);
  const auto one = front.get("/posts/" + front.add_post(token, project, R"(,"channel_ids":[")" + x + R"("])"), token);
  REQUIRE(one.body.at("deliveries").as_array().size() == 1);
  CHECK(one.text("/deliveries/0/channel_id") == x);
  CHECK(one.text("/deliveries/0/state") == "waiting");
  CHECK(front.patch("/channels/" + x, R"({"is_active":false})", token).status() == 200);
  const auto rest = front.get("/posts/" + front.add_post(token, project), token);
  REQUIRE(rest.body.at("deliveries").as_array().size() == 1);
  CHECK(rest.text("/deliveries/0/channel_id") == website);
  const auto off = front.post("/posts", in_project(project) + R"("text":"a","channel_ids":[")" + x + R"("]})", token);
  CHECK(off.status() == 422);
  CHECK(names(off, "/channel_ids/0"));
}

TEST_CASE("a post is refused by the field that is wrong, and nothing is stored") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto none = front.post("/posts", in_project(project) + R"("text":"a"})", token);
  CHECK(none.status() == 422);
  CHECK(names(none, "/channel_ids"));
  const auto website = front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto refused = [&](const std::string& rest, std::string_view pointer) {
    const auto given = front.post("/posts", in_project(project) + rest + "}", token);
    INFO(rest.substr(0, 80) << " → " << given.raw.bytes());
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"("text":"")", "/text");
  refused(R"("text":"a\u0000b")", "/text");
  refused(R"("text":7)", "/text");
  refused(R"("text":")" + std::string(20'001, 'a') + "\"", "/text");
  refused(R"("text":")" + std::string(281, 'a') + "\"", "/text");
  refused(R"("text":"a","variants":[{"platform":"x","text":")" + std::string(281, 'a') + "\"}]", "/variants/0/text");
  refused(R"("text":"a","variants":[{"platform":"x","text":"b"},{"platform":"x","text":"c"}])", "/variants/1/platform");
  refused(R"("text":"a","variants":[{"platform":"myspace","text":"b"}])", "/variants/0/platform");
  refused(R"("text":"a","channel_ids":[])", "/channel_ids");
  refused(R"("text":"a","channel_ids":["nonsense"])", "/channel_ids/0");
  refused(R"("text":"a","channel_ids":[")" + x + R"(",")" + x + R"("])", "/channel_ids/1");
  refused(R"("text":"a","channel_ids":[")" + website + R"(",")" + project + R"("])", "/channel_ids/1");
  refused(R"("text":"a","scheduled_at":"2026-11-21T00:00:00Z")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"2099-01-01T00:00:00Z")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"tomorrow")", "/scheduled_at");
  refused(R"("text":"a","scheduled_at":"2026-11-22T09:00:00")", "/scheduled_at");
  refused(R"("text":"a","status":"published")", "/status");
  CHECK(count(front.get("/posts", token)) == 0);
  CHECK(front
            .post("/posts",
                  in_project(project) + R"("text":")" + std::string(281, 'a') +
                      R"(","variants":[{"platform":"x","text":"short"}]})",
                  token)
            .status() == 201);
}

TEST_CASE("a draft is scheduled, moved, published now, and its timeline tells so") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  const auto scheduled = front.post(post + "/schedule", R"({"scheduled_at":"2026-11-22T10:00:00+01:00"})", token);
  CHECK(scheduled.status() == 200);
  CHECK(scheduled.text("/status") == "scheduled");
  CHECK(scheduled.text("/scheduled_at") == "2026-11-22T09:00:00.000000Z");
  CHECK(scheduled.text("/deliveries/0/due_at") == "2026-11-22T09:00:00.000000Z");
  CHECK(front.post(post + "/schedule", R"({"scheduled_at":"2026-11-23T09:00:00Z"})", token).status() == 200);
  CHECK(names(front.post(post + "/schedule", R"({"scheduled_at":"2020-01-01T00:00:00Z"})", token), "/scheduled_at"));
  const auto now = front.post(post + "/publish-now", "", token);
  CHECK(now.status() == 202);
  CHECK(now.text("/deliveries/0/due_at") == base::to_string(tests::test_start));
  CHECK(now.text("/deliveries/0/state") == "waiting");
  const auto timeline = front.get(post + "/timeline", token);
  CHECK(types_of(timeline) ==
        std::vector<std::string>{"PostCreated", "PublishScheduled", "PublishScheduled", "PublishRequested"});
  CHECK(timeline.text("/items/1/message") == "Scheduled for Sun 22 Nov 2026, 09:00 UTC on Website.");
  CHECK(timeline.body.at("next_cursor").is_null());
}

TEST_CASE("a cancelled post stays cancelled, and says so to every command") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project, R"(,"scheduled_at":"2026-11-23T09:00:00Z")");
  const auto cancelled = front.post(post + "/cancel", "", token);
  CHECK(cancelled.status() == 200);
  CHECK(cancelled.text("/status") == "cancelled");
  CHECK(cancelled.body.at("not_cancelled").as_array().empty());
  for (const auto& refused : {front.post(post + "/cancel", "", token), front.post(post + "/publish-now", "", token),
                              front.post(post + "/schedule", R"({"scheduled_at":"2026-11-24T09:00:00Z"})", token),
                              front.patch(post, R"({"text":"again"})", token)}) {
    CHECK(refused.status() == 409);
    CHECK(refused.code() == "post_is_cancelled");
  }
}

TEST_CASE("what is going out is named when it is too late to cancel it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto id = front.add_post(token, project, R"(,"scheduled_at":"2026-11-22T00:00:00Z")");
  constexpr persistence::statement begin{"test_begin", R"sql(
    UPDATE deliveries SET state = 'sending', attempt = 1, started_at = due_at, deadline_at = due_at + interval '1 minute'
    WHERE post_id = $1 AND channel_id = $2)sql"};
  REQUIRE(front.engine_database.query_now(std::nullopt, begin, *base::parse_uuid(id), *base::parse_uuid(x)));
  CHECK(front.patch("/posts/" + id, R"({"text":"too late"})", token).code() == "post_is_publishing");
  CHECK(front.remove("/posts/" + id, token).status() == 409);
  const auto cancelled = front.post("/posts/" + id + "/cancel", "", token);
  CHECK(cancelled.status() == 200);
  REQUIRE(cancelled.body.at("not_cancelled").as_array().size() == 1);
  CHECK(cancelled.text("/not_cancelled/0/channel_id") == x);
  CHECK(cancelled.text("/not_cancelled/0/state") == "sending");
  CHECK(front.post("/posts/" + id + "/cancel", "", token).status() == 409);
  CHECK(front.get("/posts/" + id, token).text("/text") == "Hello");
}

TEST_CASE("a draft is edited within what its channels take") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  front.add_x(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  const auto edited =
      front.patch(post, R"({"title":"T","text":"New","variants":[{"platform":"x","text":"Short"}]})", token);
  CHECK(edited.status() == 200);
  CHECK(edited.text("/variants/0/text") == "Short");
  const auto long_text = std::string(300, 'a');
  CHECK(front.patch(post, R"({"text":")" + long_text + "\"}", token).status() == 200);
  CHECK(names(front.patch(post, R"({"variants":[]})", token), "/variants"));
  CHECK(names(front.patch(post, R"({"variants":[],"text":")" + long_text + "\"}", token), "/text"));
  const auto kept = front.patch(post, "{}", token);
  CHECK(kept.text("/title") == "T");
  CHECK(kept.text("/variants/0/text") == "Short");
  CHECK(types_of(front.get(post + "/timeline", token)) ==
        std::vector<std::string>{"PostCreated", "PostEdited", "PostEdited"});
}

TEST_CASE("a deleted post is gone everywhere") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto post = "/posts/" + front.add_post(token, project);
  CHECK(front.remove(post, token).status() == 204);
  CHECK(front.remove(post, token).status() == 404);
  CHECK(front.get(post, token).status() == 404);
  CHECK(front.get(post + "/timeline", token).status() == 404);
  CHECK(front.post(post + "/publish-now", "", token).status() == 404);
  CHECK(count(front.get("/posts", token)) == 0);
}
