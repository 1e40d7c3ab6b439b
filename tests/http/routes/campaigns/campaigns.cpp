// Campaigns through the whole front door.
#include <catch2/catch.hpp>

#include "tests/http/routes/campaigns/campaigns_fixture.hpp"

using namespace pulse;
using namespace pulse::tests;

namespace {

struct with_campaign : campaigns_fixture {
  std::string id = add_campaign(R"("name":"Spring","goal":"More visits")");

  answered read(const std::string& more = {}) { return get("/campaigns/" + id + more, token); }
  answered change(const std::string& body) { return patch("/campaigns/" + id, body, token); }
  answered command(const std::string& what) { return post("/campaigns/" + id + "/" + what, {}, token); }
};

}  // namespace

TEST_CASE("a campaign is read as it was made") {
  with_campaign on;
  const auto made = on.post("/campaigns",
                            in_project(on.project) + R"("name":"Winter","goal":"Warmth","first_day":"2026-12-01",
      "last_day":"2026-12-24","channel_ids":[)" +
                                tests::quoted(on.website) +
                                R"(],"labels":["cold","gifts"],"utm":{"source":"pulse","campaign":"winter"}})",
                            on.token);
  INFO(made.raw.body);
  REQUIRE(made.status() == 201);
  const auto read = on.get("/campaigns/" + made.text("/id"), on.token);
  CHECK(read.raw.body == made.raw.body);
  CHECK(read.text("/state") == "draft");
  CHECK(read.text("/first_day") == "2026-12-01");
  CHECK(read.text("/last_day") == "2026-12-24");
  CHECK(read.text("/channel_ids/0") == on.website);
  CHECK(read.text("/labels/1") == "gifts");
  CHECK(read.text("/utm/source") == "pulse");
  CHECK(read.text("/utm/medium").empty());
}

TEST_CASE("what is wrong with a campaign is refused by name") {
  with_campaign on;
  const auto refused = [&](const std::string& fields, std::string_view pointer) {
    INFO(fields);
    const auto given = on.post("/campaigns", in_project(on.project) + fields + "}", on.token);
    CHECK(given.status() == 422);
    CHECK(names(given, pointer));
  };
  refused(R"("name":"  ")", "/name");
  refused(R"("name":"A","first_day":"2026-02-30")", "/first_day");
  refused(R"("name":"A","last_day":"tomorrow..")", "/last_day");
  refused(R"("name":"A","first_day":"2026-12-02","last_day":"2026-12-01")", "/last_day");
  refused(R"("name":"A","labels":["x","x"])", "/labels/1");
  refused(R"("name":"A","channel_ids":[)" + tests::quoted(no_such_id) + "]", "/channel_ids/0");
  refused(R"("name":"A","utm":{"colour":"red"})", "/utm/colour");
  const auto taken = on.post("/campaigns", in_project(on.project) + R"("name":"spring"})", on.token);
  CHECK(taken.code() == "name_taken");
  CHECK(on.post("/campaigns", in_project(no_such_id) + R"("name":"A"})", on.token).status() == 404);
}

TEST_CASE("a campaign is made once for an Idempotency-Key") {
  with_campaign on;
  const auto body = in_project(on.project) + R"("name":"Once"})";
  const auto first = on.post_once("/campaigns", body, on.token, "key-1");
  const auto second = on.post_once("/campaigns", body, on.token, "key-1");
  CHECK(first.status() == 201);
  CHECK(first.text("/id") == second.text("/id"));
  CHECK(count(on.get("/campaigns?project_id=" + on.project, on.token)) == 2);
}

TEST_CASE("a change leaves the rest, empties what is null, and is refused to who has not read the latest") {
  with_campaign on;
  const auto before = on.read();
  REQUIRE(on.change(R"({"first_day":"2026-12-01","labels":["x"]})").status() == 200);
  const auto emptied = on.change(R"({"first_day":null})");
  CHECK(emptied.body.at_pointer("/first_day").is_null());
  CHECK(emptied.text("/goal") == "More visits");
  CHECK(emptied.text("/labels/0") == "x");
  CHECK(emptied.body.at_pointer("/version").as_int64() == 3);
  CHECK(on.patch_if("/campaigns/" + on.id, R"({"goal":"Other"})", header_of(before, "etag")).status() == 412);
  CHECK(on.read().text("/goal") == "More visits");
  CHECK(on.patch_if("/campaigns/" + on.id, R"({"goal":"Other"})", header_of(on.read(), "etag")).status() == 200);
  CHECK(names(on.change(R"({"first_day":"2026-12-05","last_day":"2026-12-01"})"), "/last_day"));
}

TEST_CASE("a campaign is activated, paused and completed, and each is told once") {
  with_campaign on;
  CHECK(on.command("pause").code() == "campaign_is_draft");
  CHECK(on.command("activate").text("/state") == "active");
  CHECK(on.command("activate").text("/state") == "active");
  CHECK(on.command("pause").text("/state") == "paused");
  CHECK(on.command("activate").text("/state") == "active");
  CHECK(on.command("complete").text("/state") == "completed");
  CHECK(on.command("complete").status() == 200);
  CHECK(on.command("activate").code() == "campaign_is_completed");
  CHECK(on.change(R"({"goal":"Other"})").code() == "campaign_is_completed");
  CHECK(on.events("Campaign") ==
        std::vector<std::string>{"CampaignCompleted", "CampaignActivated", "CampaignPaused", "CampaignActivated"});
}

TEST_CASE("a campaign in use is not deleted, and one that is deleted is gone") {
  with_campaign on;
  on.command("activate");
  CHECK(on.remove("/campaigns/" + on.id, on.token).code() == "campaign_is_active");
  on.command("pause");
  CHECK(on.remove("/campaigns/" + on.id, on.token).status() == 204);
  CHECK(on.read().status() == 404);
  CHECK(on.command("activate").status() == 404);
  CHECK(count(on.get("/campaigns?project_id=" + on.project, on.token)) == 0);
  on.add_campaign(R"("name":"Spring")");
}

TEST_CASE("campaigns are listed by project and state, newest first, in pages") {
  with_campaign on;
  const auto other = on.add_project(on.token, "Other");
  for (const auto* name : {"B", "C"}) {
    on.clock.advance(std::chrono::seconds{1});
    on.add_campaign(R"("name":")" + std::string{name} + '"');
  }
  on.command("activate");
  const auto first = on.get("/campaigns?limit=2&project_id=" + on.project, on.token);
  REQUIRE(count(first) == 2);
  CHECK(first.text("/items/0/name") == "C");
  const auto second =
      on.get("/campaigns?limit=2&project_id=" + on.project + "&cursor=" + first.text("/next_cursor"), on.token);
  REQUIRE(count(second) == 1);
  CHECK(second.text("/items/0/name") == "Spring");
  CHECK(count(on.get("/campaigns?status=active", on.token)) == 1);
  CHECK(count(on.get("/campaigns?project_id=" + other, on.token)) == 0);
}

TEST_CASE("a campaign without content has an empty summary") {
  with_campaign on;
  const auto told = on.read("/summary");
  REQUIRE(told.status() == 200);
  CHECK(told.body.at_pointer("/counts/draft").as_int64() == 0);
  CHECK(told.body.at_pointer("/coming_posts").as_array().empty());
}
