// Figures and exports through the whole front door, on a real PostgreSQL and a real Redis.
#include <catch2/catch.hpp>

#include <algorithm>

#include "persistence/analytics/events.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"
#include "tests/support/catch_result.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using tests::answered;
using tests::publishing_fixture;

namespace {

constexpr persistence::statement add_outcomes{"test_add_outcomes", R"sql(
  INSERT INTO publish_events (tenant_id, project_id, channel_id, post_id, type, message, metadata_json, created_at)
  SELECT c.tenant_id, c.project_id, c.id, $2, $3, $4,
         json_build_object('lateness_ms', $5::float8, 'publish_latency_ms', $5::float8 + 100, 'external_post_id', '=1+1'), $6::timestamptz
  FROM channels c, generate_series(1, $7::integer) WHERE c.id = $1)sql"};

/// Outcomes on a channel, and the step that counts them.
void add(publishing_fixture& front, const std::string& channel, std::string_view type, base::timestamp at, int many = 1,
         double lateness_ms = 2, std::optional<base::uuid> post = std::nullopt) {
  REQUIRE(front.engine_database.query_now(std::nullopt, add_outcomes, *base::parse_uuid(channel), post, type,
                                          std::string_view{"because"}, lateness_ms, at, many));
}

void count(publishing_fixture& front) {
  REQUIRE(front.engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
    return persistence::analytics::count_next(tx, front.clock.now(), 100'000);
  }));
}

std::string summary_of(const std::string& project, std::string_view more = {}) {
  return "/analytics/publishing-summary?project_id=" + project + std::string{more};
}

std::int64_t number(const answered& from, std::string_view pointer) {
  return from.body.at_pointer(pointer).to_number<std::int64_t>();
}

}  // namespace

TEST_CASE("a summary tells what became of a project's deliveries, in figures and a sentence") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto x = front.add_x(token, project);
  const auto website = front.add_website(token, project);
  add(front, x, "PublishSucceeded", front.clock.now(), 98, 2);
  add(front, website, "PublishSucceeded", front.clock.now() - 24h, 1, 8);
  add(front, x, "PublishFailed", front.clock.now() - 24h);
  add(front, x, "PublishRetryScheduled", front.clock.now(), 4);
  count(front);
  const auto told = front.get(summary_of(project, "&range=7d"), token);
  INFO(told.raw.bytes());
  REQUIRE(told.status() == 200);
  CHECK(number(told, "/published") == 99);
  CHECK(number(told, "/failed") == 1);
  CHECK(number(told, "/retried") == 4);
  CHECK(told.body.at_pointer("/success_rate").as_double() == Approx(0.99));
  CHECK(told.text("/range") == "7d");
  CHECK(told.text("/time_zone") == "UTC");
  CHECK(told.text("/sentence") ==
        "Of 100 deliveries in 7 days, 99 went out, half were at most 2 ms late, the latest at most 8 ms. 1 failed.");
  CHECK(told.body.at_pointer("/platforms").as_array().size() == 2);
  CHECK(told.text("/platforms/1/platform") == "x");
  CHECK(told.body.at_pointer("/platforms/1/lateness/p99_ms").to_number<double>() == 2);
  CHECK(told.body.at_pointer("/platforms/1/lateness_spread/0/count").to_number<int>() == 98);
  CHECK(told.text("/counted_until") == base::to_string(front.clock.now()));
}

TEST_CASE("figures of one channel leave out the others") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto x = front.add_x(token, project);
  const auto website = front.add_website(token, project);
  add(front, x, "PublishSucceeded", front.clock.now(), 2);
  add(front, website, "PublishSucceeded", front.clock.now(), 5);
  count(front);
  CHECK(number(front.get(summary_of(project, "&channel_id=" + website), token), "/published") == 5);
}

TEST_CASE("a timeseries has each day of the project's own calendar, also those in which nothing happened") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project =
      publishing_fixture::id_of(front.post("/projects", R"({"name":"A","time_zone":"America/New_York"})", token));
  const auto x = front.add_x(token, project);
  // The fixture's clock is at midnight UTC on the 22nd, which is still the 21st in New York.
  add(front, x, "PublishSucceeded", front.clock.now(), 3);
  add(front, x, "PublishMissed", front.clock.now() - 20h);
  count(front);
  const auto told = front.get("/analytics/publishing-timeseries?range=7d&project_id=" + project, token);
  INFO(told.raw.bytes());
  REQUIRE(told.status() == 200);
  const auto& days = told.body.at_pointer("/days").as_array();
  REQUIRE(days.size() == 7);
  CHECK(told.text("/days/6/day") == "2026-11-21");
  CHECK(told.text("/days/6/starts_at") == "2026-11-21T05:00:00.000000Z");
  CHECK(number(told, "/days/6/published") == 3);
  CHECK(number(told, "/days/5/missed") == 1);  // 23:00 on the 20th there
  CHECK(number(told, "/days/0/published") == 0);
}

TEST_CASE("a range that there is none of is refused, and a project of others is missing") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  CHECK(front.get(summary_of(project, "&range=8d"), token).status() == 422);
  CHECK(front.get(summary_of(project), front.sign_up("other")).status() == 404);
  CHECK(front.get("/analytics/publishing-timeseries?project_id=" + project, front.sign_up("third")).status() == 404);
  CHECK(front.get("/analytics/publishing-export?project_id=" + project, front.sign_up("fourth")).status() == 404);
}

TEST_CASE("figures are kept in Redis for each company alone, and made anew where it has vanished") {
  const auto url = tests::migrated_database();
  auto& servers = tests::shared_servers();
  tests::front_door_fixture front{url, servers.redis_url()};
  persistence::database engine{{.url = url, .connections = 1, .as = persistence::role::engine}};
  const auto signed_up =
      front.post("/signup", R"({"company_name":"acme","email":"owner@acme.test","password":"correct horse battery"})");
  const auto token = signed_up.text("/access_token");
  const auto project = front.post("/projects", R"({"name":"Project"})", token).text("/id");
  const auto channel =
      front.post("/channels", R"({"project_id":")" + project + R"(","type":"website"})", token).text("/id");
  const auto add_and_count = [&] {
    REQUIRE(engine.query_now(std::nullopt, add_outcomes, *base::parse_uuid(channel), std::optional<base::uuid>{},
                             std::string_view{"PublishSucceeded"}, std::string_view{""}, 1.0, front.clock.now(), 1));
    REQUIRE(engine.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return persistence::analytics::count_next(tx, front.clock.now(), 100);
    }));
  };
  const auto published = [&] { return number(front.get(summary_of(project), token), "/published"); };
  add_and_count();
  CHECK(published() == 1);
  REQUIRE(front.redis.run({"PING"}));  // what was submitted before it has been stored
  add_and_count();
  CHECK(published() == 1);  // still the first answer
  servers.stop(tests::server::redis);
  CHECK(published() == 2);
  servers.start(tests::server::redis);
}

TEST_CASE("an export has a line for every outcome, oldest first, and no formula in it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto x = front.add_x(token, project);
  const auto post = publishing_fixture::id_of(front.post(
      "/posts", R"({"project_id":")" + project + R"json(","title":"=HYPERLINK(\"http://evil\")","text":"Hello"})json",
      token));
  add(front, x, "PublishSucceeded", front.clock.now() - 1h, 1, 2.5, *base::parse_uuid(post));
  add(front, x, "PublishFailed", front.clock.now() - 2h);
  add(front, x, "PublishRetryScheduled", front.clock.now() - 2h);
  add(front, x, "PublishFailed", front.clock.now() - 24h * 40);
  const auto answer = front.get("/analytics/publishing-export?range=30d&project_id=" + project, token);
  REQUIRE(answer.status() == 200);
  CHECK(answer.raw.content_type == "text/csv; charset=utf-8; header=present");
  CHECK(answer.raw.find("content-disposition") == "attachment; filename=\"outcomes-2026-10-24-to-2026-11-22.csv\"");
  const auto text = front.whole_of(answer.raw);
  CHECK(text ==
        "time_utc,time_local,outcome,platform,channel,post_id,title,due_utc,attempt,lateness_ms,latency_ms,platform_id,"
        "address,reason,likes,comments,shares,views\r\n"
        "2026-11-21T22:00:00.000000Z,\"Sat 21 Nov 2026, 22:00:00.000 UTC\",failed,x,X @acme,\"\",\"\",\"\",\"\",2,102,"
        "\"'=1+1\",\"\",because,\"\",\"\",\"\",\"\"\r\n"
        "2026-11-21T23:00:00.000000Z,\"Sat 21 Nov 2026, 23:00:00.000 UTC\",published,x,X @acme," +
            post +
            ",\"'=HYPERLINK(\"\"http://evil\"\")\",\"\",\"\",2.5,102.5,\"'=1+1\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
}

TEST_CASE("an export of many outcomes arrives in parts, each outcome once") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto x = front.add_x(token, project);
  add(front, x, "PublishSucceeded", front.clock.now() - 1h, 1'203);
  const auto text = front.whole_of(front.get("/analytics/publishing-export?range=7d&project_id=" + project, token).raw);
  CHECK(std::count(text.begin(), text.end(), '\n') == 1'204);
}
