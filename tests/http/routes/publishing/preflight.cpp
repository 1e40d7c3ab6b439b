#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::publishing_fixture;

namespace {

std::string kinds_of(const tests::answered& answer, std::string_view channels) {
  std::string kinds;
  for (const auto& each : answer.body.at_pointer(channels).as_array()) {
    for (const auto& finding : each.at("findings").as_array()) {
      if (!kinds.empty()) kinds += ' ';
      kinds += finding.at("kind").as_string();
    }
  }
  return kinds;
}

}  // namespace

TEST_CASE("a preflight of a sound post finds nothing, and one of a post whose channel was switched off says so") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto channel = front.add_x(token, project);
  const auto id = front.add_post(token, project);
  const auto good = front.post("/posts/" + id + "/preflight", "", token);
  REQUIRE(good.status() == 200);
  CHECK(good.body.at("is_good").as_bool());
  CHECK(kinds_of(good, "/channels").empty());
  REQUIRE(front.post("/channels/" + channel + "/pause", "", token).status() == 200);
  const auto paused = front.post("/posts/" + id + "/preflight", "", token);
  CHECK(paused.body.at("is_good").as_bool());
  CHECK(kinds_of(paused, "/channels") == "paused");
  REQUIRE(front.patch("/channels/" + channel, R"({"is_active":false})", token).status() == 200);
  const auto off = front.post("/posts/" + id + "/preflight", "", token);
  CHECK_FALSE(off.body.at("is_good").as_bool());
  CHECK(kinds_of(off, "/channels") == "channel paused");
}

TEST_CASE("scheduling answers what is known against it: a budget that others have used up by then") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  REQUIRE(front.put("/rate-limits/x/account", R"({"posts":1,"window_seconds":3600})", token).status() == 200);
  const auto at = R"({"scheduled_at":")" + base::to_string(front.clock.now() + std::chrono::hours{2}) + "\"}";
  const auto first = front.post("/posts/" + front.add_post(token, project) + "/schedule", at, token);
  REQUIRE(first.status() == 200);
  CHECK(kinds_of(first, "/preflight/channels").empty());
  const auto second = front.post("/posts/" + front.add_post(token, project) + "/schedule", at, token);
  REQUIRE(second.status() == 200);
  CHECK(second.text("/status") == "scheduled");
  CHECK(kinds_of(second, "/preflight/channels") == "quota");
  CHECK(second.body.at_pointer("/preflight/is_good").as_bool());
}

TEST_CASE("a budget of the company for all of its accounts at a platform counts in a preflight, too") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  REQUIRE(front.put("/rate-limits/x/tenant", R"({"posts":1,"window_seconds":3600})", token).status() == 200);
  const auto at = R"({"scheduled_at":")" + base::to_string(front.clock.now() + std::chrono::hours{2}) + "\"}";
  const auto first = front.post("/posts/" + front.add_post(token, project) + "/schedule", at, token);
  CHECK(kinds_of(first, "/preflight/channels").empty());
  const auto second = front.post("/posts/" + front.add_post(token, project) + "/schedule", at, token);
  REQUIRE(kinds_of(second, "/preflight/channels") == "quota");
  CHECK(second.text("/preflight/channels/0/findings/0/sentence") ==
        "By then your company has 1 posts within 1 hour, of 1 allowed: this one waits for its turn.");
}

TEST_CASE("an account that its platform wants nothing of until later is told, as long as that lasts") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  const auto now = front.clock.now();
  const auto held = front.add_post(token, project);
  const auto schedule = [&](const std::string& id, std::chrono::hours in) {
    return front.post("/posts/" + id + "/schedule", R"({"scheduled_at":")" + base::to_string(now + in) + "\"}", token);
  };
  REQUIRE(schedule(held, std::chrono::hours{1}).status() == 200);
  const auto blocked = front.engine_database.transact_now(std::nullopt, [now](persistence::transaction& tx) {
    return tx
        .execute(persistence::statement{"test_block_account", R"sql(
          UPDATE deliveries SET outcome = 'rate_limited', not_before = $1::timestamptz)sql"},
                 now + std::chrono::hours{3})
        .affected();
  });
  REQUIRE(blocked);
  const auto within = schedule(front.add_post(token, project), std::chrono::hours{2});
  REQUIRE(kinds_of(within, "/preflight/channels") == "quota");
  CHECK(
      within.text("/preflight/channels/0/findings/0/sentence").starts_with("X accepts no post of the account before"));
  CHECK(within.body.at_pointer("/preflight/is_good").as_bool());
  CHECK(kinds_of(schedule(front.add_post(token, project), std::chrono::hours{4}), "/preflight/channels").empty());
}

TEST_CASE("a login that ends before a post goes out is told in the project's time, also while the post is written") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.post("/projects", R"({"name":"P","time_zone":"Europe/Amsterdam"})", token).text("/id");
  const auto channel = front.add_x(token, project);
  constexpr persistence::statement connect{"test_connect_expiring", R"sql(
    WITH login AS (
      INSERT INTO social_accounts (tenant_id, id, platform, external_user_id, access_token, expires_at, connected_by, created_at, updated_at)
      SELECT tenant_id, gen_random_uuid(), 'x', '1001', '', $1::timestamptz, id, created_at, created_at
      FROM members WHERE tenant_id = pulse_tenant() RETURNING tenant_id, id)
    UPDATE accounts a SET social_account_id = login.id FROM login WHERE a.tenant_id = login.tenant_id)sql"};
  const auto tenant = front.engine_database.query_now(
      std::nullopt, persistence::statement{"test_tenant", "SELECT tenant_id FROM projects"});
  REQUIRE(tenant);
  const auto ends_at = front.clock.now() + std::chrono::hours{2};
  const auto connected = front.database.transact_now(
      tenant->get<base::uuid>(0, 0),
      [&connect, ends_at](persistence::transaction& tx) { return tx.execute(connect, ends_at).affected(); });
  REQUIRE(connected);
  REQUIRE(*connected == 1);
  const auto at = [&](std::chrono::hours in) {
    return R"("scheduled_at":")" + base::to_string(front.clock.now() + in) + "\"";
  };
  const auto id = front.add_post(token, project);
  const auto before = front.post("/posts/" + id + "/schedule", "{" + at(std::chrono::hours{1}) + "}", token);
  CHECK(before.body.at_pointer("/preflight/is_good").as_bool());
  const auto behind = front.post("/posts/" + id + "/schedule", "{" + at(std::chrono::hours{3}) + "}", token);
  REQUIRE(behind.status() == 200);
  CHECK_FALSE(behind.body.at_pointer("/preflight/is_good").as_bool());
  constexpr auto told =
      "The connection to its account lasts until Sun 22 Nov 2026, 03:00 CET, which is before the post goes out.";
  CHECK(behind.text("/preflight/channels/0/findings/0/sentence") == told);
  const auto checked = front.post("/posts/check",
                                  R"({"text":"Hello","platforms":["x"],"project_id":")" + project +
                                      R"(","channel_ids":[")" + channel + "\"]," + at(std::chrono::hours{3}) + "}",
                                  token);
  CHECK(checked.text("/channels/0/findings/0/sentence") == told);
}
