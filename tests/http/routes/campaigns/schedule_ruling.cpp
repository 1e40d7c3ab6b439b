// Guardrails that bind people: scheduling, moving and changing posts.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;

namespace {

struct guarded : campaigns_fixture {
  std::string night = "2026-11-30T23:00:00Z";
  std::string morning = "2026-12-01T07:00:00Z";
  std::string day = "2026-11-30T10:00:00Z";

  explicit guarded(const std::string& more = {}, bool binds_people = true) { set(more, binds_people); }

  void set(const std::string& more, bool binds_people) {
    const auto given =
        put("/projects/" + project + "/guardrails",
            R"({"guardrails":{"quiet_hours":{"from_minute":1320,"to_minute":420},"forbidden_phrases":["cheap"],)" +
                more + R"("binds_people":)" + (binds_people ? "true" : "false") + "}}",
            token);
    INFO(given.raw.body);
    REQUIRE(given.status() == 200);
  }
  std::string draft(const std::string& text = "Hello") {
    return id_of(post("/posts", in_project(project) + R"("text":")" + text + "\"}", token));
  }
  answered schedule(const std::string& id, const std::string& at, const std::string& more = {},
                    const std::string& by = {}) {
    return post("/posts/" + id + "/schedule", R"({"scheduled_at":")" + at + "\"" + more + "}", by.empty() ? token : by);
  }
  answered held(const std::string& query = {}) {
    return get("/projects/" + project + "/guardrails/held" + query, token);
  }
  std::int64_t counted(std::string_view end) {
    std::int64_t total = 0;
    for (const auto answer = held(); const auto& each : answer.body.at_pointer("/counts").as_array())
      total += each.at(end).as_int64();
    return total;
  }
};

constexpr const char* because = R"(,"override_reason":"The fair opens at night")";
constexpr const char* other_time = R"(,"takes_other_time":true)";

}  // namespace

TEST_CASE("a post is scheduled at any time where the guardrails bind rules only") {
  guarded on{{}, false};
  CHECK(on.events("GuardrailsChanged").size() == 1);
  CHECK(on.schedule(on.draft("So cheap"), on.night).status() == 200);
  CHECK(count(on.held()) == 0);
}

TEST_CASE("a post that is scheduled or moved into quiet hours is held, and the time is named that is free") {
  guarded on;
  const auto id = on.draft();
  const auto refused = on.schedule(id, on.night);
  CHECK(refused.status() == 409);
  CHECK(refused.code() == "guardrails_move");
  CHECK(refused.text("/detail").find("quiet hours") != std::string::npos);
  CHECK(
      refused.text("/detail") ==
      "The time lies in the quiet hours. It goes out Tue 1 Dec 2026, 07:00 UTC. With takes_other_time it is scheduled "
      "for that time.");
  const auto told = std::find_if(refused.raw.headers.begin(), refused.raw.headers.end(),
                                 [](const auto& each) { return each.name == "pulse-other-time"; });
  REQUIRE(told != refused.raw.headers.end());
  CHECK(told->value == "2026-12-01T07:00:00.000000Z");
  CHECK(on.get("/posts/" + id, on.token).text("/status") == "draft");
  const auto moved = on.schedule(id, on.night, other_time);
  CHECK(moved.status() == 200);
  CHECK(moved.text("/scheduled_at").starts_with("2026-12-01T07:00:00"));
  CHECK(on.schedule(id, on.day).status() == 200);
  CHECK(on.schedule(id, on.night).code() == "guardrails_move");
  CHECK(on.get("/posts/" + id, on.token).text("/scheduled_at").starts_with("2026-11-30T10:00:00"));
}

TEST_CASE("a post that waits for its next attempt is held by the guardrails when it is moved, as any other") {
  guarded on;
  const auto id = on.draft();
  REQUIRE(on.schedule(id, on.day).status() == 200);
  on.bring_to(on.delivery_of(on.token, id), domain::delivery_state::waiting);
  CHECK(on.schedule(id, on.night).code() == "guardrails_move");
  const auto moved = on.schedule(id, on.night, other_time);
  CHECK(moved.status() == 200);
  CHECK(moved.text("/scheduled_at").starts_with("2026-12-01T07:00:00"));
}

TEST_CASE("who may overrides with a reason, which is kept with what the guardrails had said; others may not") {
  guarded on;
  const auto id = on.draft();
  const auto member = join(on, on.token, "member", "member");
  CHECK(on.schedule(id, on.night, because, member).status() == 403);
  CHECK(on.events("GuardrailsOverridden").empty());
  const auto done = on.schedule(id, on.night, because);
  CHECK(done.status() == 200);
  CHECK(done.text("/scheduled_at").starts_with("2026-11-30T23:00:00"));
  CHECK(on.events("GuardrailsOverridden").size() == 1);
  const auto timeline = on.get("/posts/" + id + "/timeline", on.token);
  CHECK(timeline.raw.body.find("The fair opens at night") != std::string::npos);
  CHECK(timeline.raw.body.find("quiet hours") != std::string::npos);
  const auto kept = on.held();
  INFO(kept.raw.body);
  REQUIRE(count(kept) == 1);
  CHECK(kept.text("/items/0/ended") == "overridden");
  CHECK(kept.text("/items/0/reason") == "The fair opens at night");
  CHECK(kept.text("/items/0/guardrail") == "quiet_hours");
}

TEST_CASE("a post is written for a time that the guardrails allow, or not at all") {
  guarded on;
  const auto write = [&](const std::string& more, const std::string& key = {}) {
    const auto body = in_project(on.project) + R"("text":"Hello","scheduled_at":")" + on.night + "\"" + more + "}";
    return key.empty() ? on.post("/posts", body, on.token) : on.post_once("/posts", body, on.token, key);
  };
  CHECK(write("").code() == "guardrails_move");
  CHECK(count(on.get("/posts", on.token)) == 0);
  CHECK(write(other_time, "one").text("/scheduled_at").starts_with("2026-12-01T07:00:00"));
  CHECK(write(other_time, "one").text("/scheduled_at").starts_with("2026-12-01T07:00:00"));
  CHECK(count(on.get("/posts", on.token)) == 1);
  const auto against = write(because);
  CHECK(against.status() == 201);
  CHECK(against.text("/scheduled_at").starts_with("2026-11-30T23:00:00"));
  CHECK(on.events("GuardrailsOverridden").size() == 1);
}

TEST_CASE("new words of a scheduled post are judged, its time is not once more, and a draft's words are free") {
  guarded on;
  const auto drafted = on.draft();
  CHECK(on.patch("/posts/" + drafted, R"({"text":"So cheap"})", on.token).status() == 200);
  const auto id = on.draft();
  REQUIRE(on.schedule(id, on.night, because).status() == 200);
  CHECK(on.patch("/posts/" + id, R"({"text":"Good night"})", on.token).status() == 200);
  const auto refused = on.patch("/posts/" + id, R"({"text":"Good night, cheap"})", on.token);
  CHECK(refused.code() == "guardrails_block");
  CHECK(on.get("/posts/" + id, on.token).text("/text") == "Good night");
  CHECK(on.patch("/posts/" + id, R"({"variants":[{"platform":"x","text":"cheap"}]})", on.token).code() ==
        "guardrails_block");
  CHECK(on.patch("/posts/" + id, R"({"text":"Good night, cheap")" + std::string{because} + "}", on.token).status() ==
        200);
}

TEST_CASE("what is published now is judged for now, and overridden with a reason") {
  guarded on{R"("blackouts":[{"first_day":"2020-01-01","last_day":"2099-01-01","reason":"Closed"}],)"};
  const auto id = on.draft();
  const auto refused = on.post("/posts/" + id + "/publish-now", "", on.token);
  CHECK(refused.status() == 409);
  CHECK(refused.code() == "guardrails_block");
  const auto done = on.post("/posts/" + id + "/publish-now", R"({"override_reason":"We are open"})", on.token);
  INFO(done.raw.body);
  CHECK(done.status() == 202);
}

TEST_CASE("a project that wants approval lets nobody schedule past it, but for those who override") {
  guarded on{R"("needs_approval":true,)"};
  const auto id = on.draft();
  CHECK(on.schedule(id, on.day).code() == "guardrails_need_approval");
  CHECK(on.schedule(id, on.day, because).status() == 200);
}

TEST_CASE("a post does not count against itself when it is moved on its day") {
  guarded on{R"("most_posts_a_day":1,)"};
  const auto id = on.draft();
  CHECK(on.schedule(id, on.day).status() == 200);
  CHECK(on.schedule(id, "2026-11-30T12:00:00Z").status() == 200);
  CHECK(on.schedule(on.draft(), "2026-11-30T14:00:00Z").code() == "guardrails_move");
}

TEST_CASE("what the guardrails held back is listed with what became of it, once for one thing and time") {
  guarded on;
  const auto id = on.draft();
  on.schedule(id, on.night);
  on.schedule(id, on.night);
  CHECK(on.counted("held") == 1);
  on.schedule(id, on.night, other_time);
  CHECK(on.counted("held") == 0);
  CHECK(on.counted("moved") == 1);
  on.clock.advance(std::chrono::seconds{1});
  on.schedule(on.draft("Something cheap"), on.day);
  const auto all = on.held();
  INFO(all.raw.body);
  REQUIRE(count(all) == 2);
  CHECK(all.text("/items/0/guardrail") == "forbidden_phrase");
  CHECK(all.text("/items/0/title") == "Something cheap");
  CHECK(all.text("/items/0/sentence").find("cheap") != std::string::npos);
  CHECK(all.text("/items/1/moved_to").starts_with("2026-12-01T07:00:00"));
  CHECK(on.held("?limit=1").body.at_pointer("/is_more").as_bool());
  on.clock.advance(std::chrono::hours{24 * 8});
  on.token =
      on.post("/auth/login", R"({"email":"owner@acme.test","password":"correct horse battery"})").text("/access_token");
  CHECK(count(on.held()) == 0);
  CHECK(count(on.held("?days=30")) == 2);
  CHECK(on.get("/projects/" + no_such_id + "/guardrails/held", on.token).status() == 404);
}

TEST_CASE("content that a person schedules and the guardrails hold is kept, though nothing else of it is") {
  guarded on;
  const auto id = on.id_of(on.post("/content", in_project(on.project) + R"("title":"Fair","text":"Hello"})", on.token));
  CHECK(on.post("/content/" + id + "/schedule", R"({"scheduled_at":")" + on.night + "\"}", on.token).code() ==
        "guardrails_move");
  const auto kept = on.held();
  INFO(kept.raw.body);
  REQUIRE(count(kept) == 1);
  CHECK(kept.text("/items/0/content_id") == id);
  CHECK(kept.text("/items/0/title") == "Fair");
}
