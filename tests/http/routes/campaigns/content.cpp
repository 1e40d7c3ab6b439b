// Content through the whole front door: written, handed in, decided about, and turned into a post.
#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;

namespace {

constexpr const char* next_week = R"({"scheduled_at":"2026-11-30T10:00:00Z"})";

struct with_content : campaigns_fixture {
  std::string id = write(R"("title":"Spring","text":"Spring is here: https://example.com/spring")");

  std::string write(const std::string& fields) {
    return id_of(post("/content", in_project(project) + fields + "}", token));
  }
  answered read(const std::string& more = {}) { return get("/content/" + id + more, token); }
  answered change(const std::string& body) { return patch("/content/" + id, body, token); }
  answered act(const std::string& what, const std::string& body = "{}", const std::string& by = {}) {
    return post("/content/" + id + "/" + what, body, by.empty() ? token : by);
  }
  answered set(const std::string& body) { return put("/projects/" + project + "/guardrails", body, token); }
  std::string version(int n) { return R"({"version":)" + std::to_string(n) + "}"; }
};

std::int64_t number(const answered& from, std::string_view pointer) { return from.body.at_pointer(pointer).as_int64(); }

constexpr const char* editors = R"({"approval":{"steps":[{"name":"Editors","approvers":{"roles":["team_leader"]}}]}})";

}  // namespace

TEST_CASE("content is read as it was written, and changed in versions") {
  with_content on;
  CHECK(on.read().text("/state") == "draft");
  const auto changed = on.change(R"({"text":"Spring is over.","labels":["season"]})");
  INFO(changed.raw.body);
  CHECK(number(changed, "/version") == 2);
  CHECK(changed.text("/title") == "Spring");
  CHECK(changed.text("/labels/0") == "season");
  CHECK(number(on.change(R"({"labels":[]})"), "/version") == 2);
  REQUIRE(count(on.read("/versions")) == 2);
  CHECK(on.read("/versions").text("/items/1/text") == "Spring is here: https://example.com/spring");
  CHECK(on.patch_if("/content/" + on.id, R"({"text":"Mine"})", "\"another\"").status() == 412);
}

TEST_CASE("what is wrong with content is refused by name") {
  with_content on;
  const auto refused = [&](const std::string& fields, std::string_view pointer) {
    const auto given = on.post("/content", in_project(on.project) + fields + "}", on.token);
    INFO(fields << " → " << given.raw.body);
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"("title":"A")", "/text");
  refused(R"("text":"  ")", "/text");
  refused(R"("text":"A","values":{"a":"b"})", "/values");
  refused(R"("text":"A","template_id":)" + tests::quoted(no_such_id), "/template_id");
  refused(R"("text":"A","campaign_id":)" + tests::quoted(no_such_id), "/campaign_id");
  refused(R"("text":"A","channel_ids":[)" + tests::quoted(no_such_id) + "]", "/channel_ids/0");
  refused(R"("text":"A","image":{"url":"http://10.0.0.1/x.png"})", "/image/url");
}

TEST_CASE("content is filled in from a template, and anew in its latest version") {
  with_content on;
  const auto made = on.post(
      "/templates",
      in_project(on.project) +
          R"("name":"T","text":"{{ a }} and {{ b }}","variables":[{"name":"a","default_value":"A"},{"name":"b"}]})",
      on.token);
  const auto from = made.text("/id");
  on.id = on.write(R"("template_id":)" + tests::quoted(from) + R"(,"values":{"b":"B"})");
  CHECK(on.read().text("/text") == "A and B");
  CHECK(number(on.read(), "/template_version") == 1);
  on.patch("/templates/" + from, R"({"text":"{{ b }}, {{ a }}"})", on.token);
  const auto anew = on.act("regenerate");
  CHECK(anew.text("/text") == "B, A");
  CHECK(number(anew, "/template_version") == 2);
  CHECK(number(anew, "/version") == 2);
  CHECK(on.act("regenerate", R"({"values":{"b":"C"}})").text("/text") == "C, A");
  on.id = on.write(R"("text":"plain")");
  CHECK(on.act("regenerate").code() == "content_has_no_template");
}

TEST_CASE("without a policy content is approved when it is handed in") {
  with_content on;
  CHECK(on.act("submit", on.version(2)).code() == "content_changed");
  CHECK(on.act("submit", on.version(1)).text("/state") == "approved");
  CHECK(on.change(R"({"text":"Other"})").text("/state") == "draft");
}

TEST_CASE("content is approved in the version that was read, and never in another") {  // asvs: 2.3.1
  with_content on;
  REQUIRE(on.set(editors).status() == 200);
  const auto editor = join(on, on.token, "editor", "team_leader");
  CHECK(on.act("approve", on.version(1), editor).code() == "content_is_draft");
  CHECK(on.act("schedule", next_week).code() == "content_is_draft");
  CHECK(on.act("submit", on.version(1)).text("/state") == "pending_approval");
  CHECK(on.act("schedule", next_week).code() == "content_is_pending_approval");
  CHECK(on.act("approve", on.version(1)).code() == "not_yours_to_decide");
  on.change(R"({"text":"Changed behind the editor's back"})");
  CHECK(on.act("approve", on.version(1), editor).code() == "content_changed");
  const auto approved = on.act("approve", on.version(2), editor);
  CHECK(approved.text("/state") == "approved");
  CHECK(number(approved, "/approved_version") == 2);
  CHECK(on.act("approve", on.version(2), editor).code() == "content_is_approved");
  CHECK(on.events("Content") == std::vector<std::string>{"ContentApproved", "ContentSubmitted"});
  const auto post = on.act("schedule", next_week).text("/post_id");
  CHECK(on.patch("/posts/" + post, R"({"text":"Never approved"})", on.token).code() == "post_is_approved_content");
  const auto told = on.get("/posts/" + post + "/explain", on.token);
  INFO(told.raw.body);
  CHECK(told.text("/origin/content_id") == on.id);
  CHECK(told.text("/origin/sentence").starts_with("It was written in the content studio. "));
  CHECK(told.text("/origin/sentence").find(" approved it at ") != std::string::npos);
  REQUIRE(told.body.at_pointer("/origin/approvals").as_array().size() == 1);
  CHECK_FALSE(told.body.at_pointer("/origin/approvals/0/is_override").as_bool());
  const auto written = on.id_of(on.post("/posts", in_project(on.project) + R"("text":"By hand"})", on.token));
  CHECK(on.get("/posts/" + written + "/explain", on.token).body.at("origin").is_null());
}

TEST_CASE("content is rejected with a reason, changed, and handed in again") {
  with_content on;
  on.set(editors);
  const auto editor = join(on, on.token, "editor", "team_leader");
  on.act("submit", on.version(1));
  CHECK(names(on.act("reject", R"({"version":1,"reason":"  "})", editor), "/reason"));
  CHECK(on.act("reject", R"({"version":1,"reason":"Too loud"})", editor).text("/state") == "rejected");
  CHECK(on.act("schedule", next_week).code() == "content_is_rejected");
  CHECK(on.change(R"({"text":"Quieter"})").text("/state") == "draft");
  CHECK(number(on.act("submit", on.version(2)), "/round") == 2);
  const auto told = on.read("/approval");
  CHECK(told.text("/decisions/0/reason") == "Too loud");
  CHECK(number(told, "/waiting_step") == 0);
  CHECK_FALSE(told.body.at_pointer("/may_decide").as_bool());
  CHECK(on.get("/content/" + on.id + "/approval", editor).body.at_pointer("/may_decide").as_bool());
}

TEST_CASE("who wrote content is not its only approver") {
  with_content on;
  on.set(R"({"approval":{"steps":[{"name":"Anybody","approvers":{"roles":["owner","member"]}}]}})");
  on.act("submit", on.version(1));
  CHECK(on.act("approve", on.version(1)).code() == "not_yours_to_decide");
  CHECK(on.act("approve", on.version(1), join(on, on.token, "other", "member")).text("/state") == "approved");
}

TEST_CASE("scheduling makes one post, with the campaign's fields on its links") {
  with_content on;
  const auto campaign = on.add_campaign(R"("name":"Spring","utm":{"source":"pulse"})");
  on.change(R"({"campaign_id":)" + tests::quoted(campaign) + "}");
  const auto first = on.act("schedule", next_week);
  INFO(first.raw.body);
  REQUIRE(first.status() == 200);
  CHECK(first.text("/state") == "scheduled");
  const auto again = on.act("schedule", next_week);
  CHECK(again.text("/post_id") == first.text("/post_id"));
  CHECK(count(on.get("/posts", on.token)) == 1);
  const auto post = on.get("/posts/" + first.text("/post_id"), on.token);
  CHECK(post.text("/text") == "Spring is here: https://example.com/spring?utm_source=pulse");
  CHECK(post.text("/status") == "scheduled");
  CHECK(on.change(R"({"text":"Too late"})").code() == "content_is_scheduled");
  CHECK(on.remove("/content/" + on.id, on.token).code() == "content_is_scheduled");
  CHECK(on.events("ContentScheduled").size() == 1);
  CHECK(number(on.get("/campaigns/" + campaign + "/summary", on.token), "/counts/scheduled") == 1);
  on.bring_to(on.delivery_of(on.token, first.text("/post_id")), domain::delivery_state::published);
  CHECK(on.read().text("/state") == "published");
  CHECK(count(on.get("/content?status=published&project_id=" + on.project, on.token)) == 1);
}

TEST_CASE("content that its channels would not take is not scheduled") {
  with_content on;
  on.add_x(on.token, on.project);
  on.change(R"({"text":")" + std::string(300, 'a') + "\"}");
  const auto refused = on.act("schedule", next_week);
  CHECK(refused.status() == 422);
  CHECK(names(refused, "/text"));
  CHECK(count(on.get("/posts", on.token)) == 0);
  CHECK_FALSE(on.act("check", next_week).body.at_pointer("/is_good").as_bool());
}

TEST_CASE("guardrails bind people where the project says so, and are overridden with a reason") {
  with_content on;
  on.set(R"({"guardrails":{"most_posts_a_day":1,"forbidden_phrases":["cheap"]}})");
  on.add_post(on.token, on.project, R"(,"scheduled_at":"2026-11-30T08:00:00Z")");
  CHECK(on.act("check", next_week).body.at_pointer("/verdicts").as_array().empty());
  on.set(R"({"guardrails":{"most_posts_a_day":1,"forbidden_phrases":["cheap"],"binds_people":true}})");
  CHECK(on.act("schedule", next_week).code() == "guardrails_move");
  const auto moved = on.act("schedule", R"({"scheduled_at":"2026-11-30T10:00:00Z","takes_other_time":true})");
  INFO(moved.raw.body);
  REQUIRE(moved.status() == 200);
  CHECK(moved.text("/scheduled_at").starts_with("2026-12-01"));
  CHECK(moved.text("/verdicts/0/by") == "project_posts_a_day");
  on.id = on.write(R"("text":"Cheap things")");
  CHECK(on.act("schedule", next_week).code() == "guardrails_block");
  const std::string against = R"({"scheduled_at":"2026-11-30T10:00:00Z","override_reason":"The boss wants it"})";
  const auto member = join(on, on.token, "member", "member");
  CHECK(on.act("schedule", against, member).status() == 403);
  CHECK(on.act("schedule", against).text("/state") == "scheduled");
  CHECK(on.read("/approval").text("/decisions/0/decision") == "override");
}

TEST_CASE("a topic does not come again too soon, and the similar post is named") {
  with_content on;
  on.set(R"({"guardrails":{"duplicate_topic_days":30,"binds_people":true}})");
  const auto first = on.act("schedule", next_week);
  REQUIRE(first.status() == 200);
  on.id = on.write(R"("text":"SPRING is here! https://example.com/other")");
  const auto told = on.act("check", R"({"scheduled_at":"2026-12-05T10:00:00Z"})");
  INFO(told.raw.body);
  CHECK(told.text("/verdicts/0/by") == "duplicate_topic");
  CHECK(told.text("/verdicts/0/similar_post_id") == first.text("/post_id"));
  CHECK(on.act("check", R"({"scheduled_at":"2027-03-05T10:00:00Z"})").body.at_pointer("/is_good").as_bool());
  on.patch("/posts/" + first.text("/post_id"), R"({"text":"Something else altogether, about winter tyres"})", on.token);
  CHECK(on.act("check", R"({"scheduled_at":"2026-12-05T10:00:00Z"})").body.at_pointer("/is_good").as_bool());
}

TEST_CASE("guardrails are set as a whole, and wrong ones are refused by name") {  // asvs: 2.2.3
  with_content on;
  const auto refused = [&](const std::string& body, std::string_view pointer) {
    const auto given = on.set(body);
    INFO(body << " → " << given.raw.body);
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"({"guardrails":{"most_posts_a_day":0}})", "/guardrails/most_posts_a_day");
  refused(R"({"guardrails":{"duplicate_topic_days":400}})", "/guardrails/duplicate_topic_days");
  refused(R"({"approval":{"steps":[{"name":"A","approvers":{}}]}})", "/approval/steps/0/approvers");
  refused(R"({"approval":{"steps":[{"name":"A","approvers":{"member_ids":[)" + tests::quoted(no_such_id) + "]}}]}}",
          "/approval/steps/0/approvers/member_ids/0");
  const auto set = on.set(R"({"guardrails":{"quiet_hours":{"from_minute":1320,"to_minute":420}}})");
  CHECK(number(set, "/version") == 1);
  const auto checked = on.post("/projects/" + on.project + "/guardrails/check",
                               R"({"text":"Good night","at":"2026-11-30T23:00:00Z"})", on.token);
  CHECK(checked.text("/kind") == "move_to");
  CHECK(checked.text("/at").starts_with("2026-12-01T07:00"));
  CHECK(on.set(R"({"guardrails":{}})").body.at_pointer("/guardrails/quiet_hours").is_null());
}

TEST_CASE("comments are added, listed and taken back by whoever wrote them") {
  with_content on;
  CHECK(names(on.act("comments", R"({"text":" "})"), "/text"));
  const auto made = on.act("comments", R"({"text":"Shorter, please"})");
  REQUIRE(made.status() == 201);
  REQUIRE(count(on.read("/comments")) == 1);
  CHECK(on.read("/comments").text("/items/0/text") == "Shorter, please");
  const auto address = "/content/" + on.id + "/comments/" + made.text("/id");
  CHECK(on.remove(address, join(on, on.token, "other", "member")).status() == 404);
  CHECK(on.remove(address, on.token).status() == 204);
  CHECK(count(on.read("/comments")) == 0);
}

TEST_CASE("a link for review shows one item, and lets its reader comment and decide") {
  with_content on;
  on.set(R"({"approval":{"steps":[{"name":"Client","approvers":{"by_link":true}}]}})");
  const auto link = on.act("review-links", R"({"name":"The client","may_decide":true})");
  INFO(link.raw.body);
  REQUIRE(link.status() == 201);
  const auto page = "/review/" + link.text("/secret");
  const auto shown = on.get(page);
  REQUIRE(shown.status() == 200);
  CHECK(header_of(shown, "cache-control").find("no-store") != std::string::npos);
  CHECK(shown.text("/reviewer") == "The client");
  CHECK_FALSE(shown.body.at_pointer("/may_decide").as_bool());
  CHECK(shown.raw.body.find(on.id) == std::string::npos);
  on.act("submit", on.version(1));
  CHECK(on.get(page).body.at_pointer("/may_decide").as_bool());
  CHECK(on.post(page + "/comments", R"({"text":"Nice"})").text("/comments/0/by") == "The client");
  CHECK(on.post(page + "/approve", on.version(2)).code() == "content_changed");
  CHECK(on.post(page + "/approve", on.version(1)).text("/state") == "approved");
  CHECK(on.read("/approval").text("/decisions/0/by") == "The client");
}

TEST_CASE("a link for review ends: unknown, revoked, expired, or only for reading") {
  with_content on;
  on.set(R"({"approval":{"steps":[{"name":"Client","approvers":{"by_link":true}}]}})");
  on.act("submit", on.version(1));
  CHECK(on.get("/review/nothing").status() == 404);
  const auto reading = on.act("review-links", R"({"name":"Reader","expires_in_hours":1})");
  const auto page = "/review/" + reading.text("/secret");
  CHECK(on.post(page + "/approve", on.version(1)).code() == "link_only_reads");
  CHECK(on.post(page + "/reject", R"({"version":1,"reason":"No"})").code() == "link_only_reads");
  const auto other = on.act("review-links", R"({"name":"Other"})");
  CHECK(on.remove("/content/" + on.id + "/review-links/" + other.text("/id"), on.token).status() == 204);
  CHECK(on.get("/review/" + other.text("/secret")).status() == 404);
  on.clock.advance(std::chrono::hours{2});
  CHECK(on.get(page).status() == 404);
}
