// Explanations and simulations through the whole front door, on a real PostgreSQL.
#include <catch2/catch.hpp>

#include <chrono>

#include "persistence/explaining/simulation.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"
#include "tests/support/sanitized.hpp"

using namespace pulse;
using tests::answered;
using tests::publishing_fixture;

namespace {

constexpr std::string_view due = "2026-11-22T09:00:00Z";
constexpr std::string_view day = R"({"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z")";

std::string at(std::string_view when) { return R"(,"scheduled_at":")" + std::string{when} + '"'; }

std::vector<std::string> kinds_of(const boost::json::value& steps) {
  std::vector<std::string> kinds;
  for (const auto& each : steps.as_array()) kinds.emplace_back(each.at("kind").as_string());
  return kinds;
}

/// What the whole database says of itself: how often rows were written, and how many there are.
struct fingerprint {
  std::int64_t rows = 0;
  std::string versions;
  friend bool operator==(const fingerprint&, const fingerprint&) = default;
};

fingerprint look(publishing_fixture& front) {
  constexpr persistence::statement every_row{"test_every_row", R"sql(
    SELECT count(*)::bigint, coalesce(md5(string_agg(v, ',' ORDER BY v)), '') FROM (
      SELECT 'd' || id || xmin || ctid AS v FROM deliveries UNION ALL SELECT 'p' || id || xmin || ctid FROM posts
      UNION ALL SELECT 'e' || id || xmin || ctid FROM publish_events UNION ALL SELECT 'c' || id || xmin || ctid FROM channels) all_of_it)sql"};
  const auto found = front.engine_database.query_now(std::nullopt, every_row);
  REQUIRE(found);
  return {found->get<std::int64_t>(0, 0), found->get<std::string>(0, 1)};
}

/// `many` posts on an X channel, one every `apart` from the start of the fixture's clock, written by SQL.
void fill(publishing_fixture& front, const std::string& project, const std::string& channel, int many,
          std::chrono::seconds apart) {
  constexpr persistence::statement make_posts{"test_fill_posts", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)
    SELECT j.tenant_id, md5('post' || n || j.id)::uuid, j.id, (SELECT m.id FROM members m LIMIT 1),
           'Post number ' || n || ', see https://example.com/a/rather/long/address/' || n,
           $3::timestamptz + n * make_interval(secs => $4::integer), $3, $3
    FROM projects j, generate_series(1, $2::integer) n WHERE j.id = $1)sql"};
  constexpr persistence::statement make_deliveries{"test_fill_deliveries", R"sql(
    INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, due_at, not_before, created_at, updated_at)
    SELECT p.tenant_id, md5('delivery' || p.id)::uuid, p.id, $2, p.project_id, p.scheduled_at, p.scheduled_at, p.created_at, p.created_at
    FROM posts p WHERE p.project_id = $1)sql"};
  const auto tenant = front.engine_database.query_now(
      std::nullopt, persistence::statement{"test_tenant", "SELECT tenant_id FROM projects WHERE id = $1"},
      *base::parse_uuid(project));
  REQUIRE(tenant);
  const auto id = tenant->get<base::uuid>(0, 0);
  REQUIRE(front.database.query_now(id, make_posts, *base::parse_uuid(project), many, tests::test_start,
                                   static_cast<int>(apart.count())));
  REQUIRE(front.database.query_now(id, make_deliveries, *base::parse_uuid(project), *base::parse_uuid(channel)));
}

}  // namespace

TEST_CASE("a scheduled post is explained: what happened, and what it waits for") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project =
      publishing_fixture::id_of(front.post("/projects", R"({"name":"Launch","time_zone":"Europe/Amsterdam"})", token));
  front.add_x(token, project);
  const auto post = front.add_post(token, project, at(due));
  const auto told = front.get("/posts/" + post + "/explain", token);
  INFO(told.raw.bytes());
  REQUIRE(told.status() == 200);
  CHECK(told.text("/time_zone") == "Europe/Amsterdam");
  CHECK(told.text("/summary") == "Is to go out on X at Sun 22 Nov 2026, 10:00 CET, in 9 h.");
  CHECK(kinds_of(told.body.at_pointer("/deliveries/0/steps")) == std::vector<std::string>{"written", "scheduled"});
  CHECK(told.text("/deliveries/0/steps/1/rule") == "person");
  CHECK(told.text("/deliveries/0/steps/1/figures/scheduled_at") == "2026-11-22T09:00:00.000000Z");
  CHECK(kinds_of(told.body.at_pointer("/deliveries/0/waits")) == std::vector<std::string>{"time"});
  CHECK_FALSE(told.text("/deliveries/0/waits/0/you_can").empty());
}

TEST_CASE("a pause that was there before the post is told with who paused") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto channel = front.add_x(token, project);
  REQUIRE(front.post("/channels/" + channel + "/pause", "", token).status() == 200);
  front.clock.advance(std::chrono::seconds{1});
  const auto post = front.add_post(token, project, at(due));
  const auto told = front.get("/posts/" + post + "/explain", token);
  INFO(told.raw.bytes());
  CHECK(kinds_of(told.body.at_pointer("/deliveries/0/steps")) == std::vector<std::string>{"written", "scheduled"});
  CHECK(told.text("/deliveries/0/waits/0/kind") == "resume");
  CHECK(told.text("/deliveries/0/waits/0/sentence").find(" by ") != std::string::npos);
}

TEST_CASE("a channel that was off is told from when to when, and an account that was connected again by whom") {
  using std::chrono::minutes;
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto channel = front.add_x(token, project);
  const auto post = front.add_post(token, project, at("2026-11-22T00:05:00Z"));
  const auto explain = [&] { return front.get("/posts/" + post + "/explain", token); };
  front.clock.advance(minutes{1});
  REQUIRE(front.patch("/channels/" + channel, R"({"is_active":false})", token).status() == 200);
  front.clock.advance(minutes{5});
  const auto held = explain();
  INFO(held.raw.bytes());
  CHECK(kinds_of(held.body.at_pointer("/deliveries/0/steps")) ==
        std::vector<std::string>{"written", "scheduled", "channel_off", "due"});
  CHECK(held.text("/deliveries/0/waits/0/kind") == "channel");
  CHECK(held.text("/deliveries/0/waits/0/figures/since") == "2026-11-22T00:01:00.000000Z");
  front.clock.advance(minutes{1});
  REQUIRE(front.patch("/channels/" + channel, R"({"is_active":true})", token).status() == 200);
  const auto freed = explain();
  INFO(freed.raw.bytes());
  CHECK(freed.text("/deliveries/0/steps/4/kind") == "channel_on");
  CHECK(freed.text("/deliveries/0/steps/4/sentence")
            .ends_with(" switched the channel X @acme on again. The post was held because the channel was switched off "
                       "from Sun 22 Nov 2026, 00:01 UTC to Sun 22 Nov 2026, 00:07 UTC."));
  CHECK(freed.text("/deliveries/0/steps/4/figures/until") == "2026-11-22T00:07:00.000000Z");
  constexpr persistence::statement disable{
      "test_disable", "UPDATE channels SET is_active = false, disabled_reason = 'refused' WHERE id = $1"};
  REQUIRE(front.engine_database.query_now(std::nullopt, disable, *base::parse_uuid(channel)));
  front.clock.advance(minutes{1});
  CHECK(front.add_x(token, project) == channel);
  const auto connected = explain();
  INFO(connected.raw.bytes());
  CHECK(connected.text("/deliveries/0/steps/5/kind") == "channel_on");
  CHECK(connected.text("/deliveries/0/steps/5/sentence").find(" connected the account of the channel X @acme again.") !=
        std::string::npos);
}

TEST_CASE("a removed channel is told as such, whatever its name has in it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto channel = front.add_x(token, project);
  REQUIRE(front.patch("/channels/" + channel, R"({"name":"Acme: News"})", token).status() == 200);
  const auto post = front.add_post(token, project, at(due));
  REQUIRE(front.remove("/channels/" + channel, token).status() == 204);
  const auto told = front.get("/posts/" + post + "/explain", token);
  INFO(told.raw.bytes());
  CHECK(kinds_of(told.body.at_pointer("/deliveries/0/steps")) ==
        std::vector<std::string>{"written", "scheduled", "cancelled"});
  CHECK(told.text("/deliveries/0/steps/2/sentence")
            .ends_with(" removed the channel Acme: News before it went out there."));
  CHECK(front.get("/posts/" + post + "/timeline", token).text("/items/2/message") ==
        "Publishing on Acme: News was cancelled: the channel was removed.");
}

TEST_CASE("what the engine recorded is explained with its figures") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_x(token, project);
  const auto post = front.add_post(token, project, at(due));
  constexpr persistence::statement publish{"test_publish", R"sql(
    WITH done AS (
      UPDATE deliveries SET state = 'published', attempt = 1, external_id = '77', finished_at = due_at + interval '1 second',
        updated_at = due_at WHERE post_id = $1 RETURNING *
    )
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, metadata_json, created_at,
      attempt, fence, started_at, deadline_at, outcome, trace)
    SELECT tenant_id, project_id, post_id, id, channel_id, 'PublishSucceeded', 'Published on X as 77',
      '{"external_post_id": "77", "lateness_ms": 504.25, "publish_duration_ms": 400.5, "retry_count": 0, "adapter_type": "x"}',
      finished_at, 1, 1, due_at + interval '500 milliseconds', due_at + interval '12 seconds', 'published',
      jsonb_build_object('asked_at', due_at, 'permitted_at', due_at + interval '500 milliseconds', 'throttled_until',
        due_at + interval '500 milliseconds', 'budget', 'words', 'budget_scope', 'account', 'budget_posts', 100,
        'budget_window_seconds', 900, 'of a later version', true)
    FROM done)sql"};
  REQUIRE(front.engine_database.query_now(std::nullopt, publish, *base::parse_uuid(post)));
  const auto told = front.get("/posts/" + post + "/explain", token);
  INFO(told.raw.bytes());
  CHECK(kinds_of(told.body.at_pointer("/deliveries/0/steps")) ==
        std::vector<std::string>{"written", "scheduled", "due", "throttled", "permitted", "attempt_begun", "first_byte",
                                 "published"});
  CHECK(told.body.at_pointer("/deliveries/0/steps/3/figures/posts").as_int64() == 100);
  CHECK(told.text("/deliveries/0/steps/3/figures/scope") == "account");
  CHECK(told.text("/deliveries/0/steps/6/at") == "2026-11-22T09:00:00.504250Z");
  CHECK(told.text("/deliveries/0/summary") == "Went out on X at Sun 22 Nov 2026, 09:00:00.504 UTC, 504 ms late.");
  CHECK(told.body.at_pointer("/deliveries/0/waits").as_array().empty());
}

TEST_CASE("an explanation or a simulation of another company's answers like one that is nowhere") {
  publishing_fixture front;
  const auto owner = front.sign_up("acme");
  const auto stranger = front.sign_up("other");
  const auto project = front.add_project(owner);
  front.add_website(owner, project);
  const auto post = front.add_post(owner, project);
  CHECK(front.get("/posts/" + post + "/explain", owner).status() == 200);
  CHECK(front.get("/posts/" + post + "/explain", stranger).status() == 404);
  CHECK(front.post("/projects/" + project + "/simulate", std::string{day} + "}", owner).status() == 200);
  CHECK(front.post("/projects/" + project + "/simulate", std::string{day} + "}", stranger).status() == 404);
}

TEST_CASE("a simulation says what would go out, be throttled, held and refused, and writes nothing") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto other = front.add_project(token, "Other");
  const auto x = front.add_x(token, project);
  front.add_website(token, project);
  const auto shared = front.add_x(token, other);  // the same account
  fill(front, other, shared, 49, std::chrono::seconds{60});
  const auto calm = front.add_post(token, project, at("2026-11-22T12:00:00Z"));
  for (int i = 0; i < 3; ++i) front.add_post(token, project, at("2026-11-22T00:49:30Z"));
  constexpr persistence::statement lengthen{"test_lengthen", "UPDATE posts SET text = repeat('x', 281) WHERE id = $1"};
  const auto tenant = front.engine_database.query_now(
      std::nullopt, persistence::statement{"test_tenant", "SELECT tenant_id FROM projects WHERE id = $1"},
      *base::parse_uuid(project));
  REQUIRE(tenant);
  REQUIRE(front.database.query_now(tenant->get<base::uuid>(0, 0), lengthen, *base::parse_uuid(calm)));

  const auto before = look(front);
  const auto played = front.post("/projects/" + project + "/simulate", std::string{day} + "}", token);
  INFO(played.raw.bytes());
  REQUIRE(played.status() == 200);
  CHECK(look(front) == before);
  const auto& totals = played.body.at("totals");
  CHECK(totals.at("deliveries").as_int64() == 8);
  CHECK(totals.at("load").as_int64() == 49);
  CHECK(totals.at("refused").as_int64() == 1);
  CHECK(totals.at("on_time").as_int64() == 7);
  CHECK(played.text("/summary") == "Of 8 deliveries, 7 would go out on time, 1 would be refused by the platform.");
  CHECK(played.body.at("deliveries").as_array().size() == 8);

  const auto trouble =
      front.post("/projects/" + project + "/simulate", std::string{day} + R"(,"show":"trouble"})", token);
  REQUIRE(trouble.body.at("deliveries").as_array().size() == 1);
  CHECK(trouble.text("/deliveries/0/channel_id") == x);
  CHECK(trouble.text("/deliveries/0/fate") == "refused");
  CHECK(trouble.text("/deliveries/0/sentence") == "Would be refused by X: the text has 281 characters, X takes 280.");

  constexpr persistence::statement pause{"test_pause", "UPDATE channels SET paused_at = created_at WHERE id = $1"};
  REQUIRE(front.engine_database.query_now(std::nullopt, pause, *base::parse_uuid(x)));
  const auto held = front.post("/projects/" + project + "/simulate", std::string{day} + R"(,"limit":1})", token);
  CHECK(held.body.at("totals").at("held").as_int64() == 4);
  CHECK(held.body.at("deliveries").as_array().size() == 1);
  CHECK(held.body.at("left_out").as_int64() == 7);

  constexpr persistence::statement refuse{
      "test_refuse", "UPDATE channels SET is_active = false, disabled_reason = 'X refused the account.' WHERE id = $1"};
  REQUIRE(front.engine_database.query_now(std::nullopt, refuse, *base::parse_uuid(x)));
  const auto lost = front.post("/projects/" + project + "/simulate", std::string{day} + R"(,"show":"trouble"})", token);
  CHECK(lost.text("/deliveries/0/held_by") == "account_lost");
  CHECK(lost.text("/deliveries/0/sentence") == "Would not go out on X @acme: X refused the account.");
}

TEST_CASE("a simulation plays posts at other times, and writes nothing") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto other = front.add_project(token, "Other");
  front.add_x(token, project);
  const auto shared = front.add_x(token, other);  // the same account
  fill(front, other, shared, 100, std::chrono::seconds{5});
  // One is due before the account's budget is used up; one on another day; one has no time.
  const auto first = front.add_post(token, project, at("2026-11-22T00:00:30Z"));
  const auto far = front.add_post(token, project, at("2026-11-30T12:00:00Z"));
  const auto draft = front.add_post(token, project, "");
  const auto stranger = front.add_post(token, other, at("2026-11-22T20:00:00Z"));
  const auto target = "/projects/" + project + "/simulate";
  const auto ask = [&](std::string_view moves) {
    return front.post(target, std::string{day} + R"(,"moves":[)" + std::string{moves} + "]}", token);
  };
  const auto to = [](const std::string& post, std::string_view when) {
    return R"({"post_id":")" + post + R"(","at":")" + std::string{when} + "\"}";
  };

  const auto before = look(front);
  CHECK(ask("").body.at("totals").at("deliveries").as_int64() == 1);
  const auto played = ask(to(far, "2026-11-22T00:08:30Z") + "," + to(draft, "2026-11-22T09:00:00Z"));
  INFO(played.raw.bytes());
  REQUIRE(played.status() == 200);
  CHECK(look(front) == before);
  REQUIRE(played.body.at("deliveries").as_array().size() == 3);
  CHECK(played.text("/deliveries/0/post_id") == first);
  CHECK(played.text("/deliveries/1/post_id") == far);
  CHECK(played.text("/deliveries/1/due_at") == "2026-11-22T00:08:30.000000Z");
  CHECK(played.text("/deliveries/1/delayed_by") == "budget");
  CHECK(played.text("/deliveries/2/post_id") == draft);
  // What leaves the window is not asked about, and frees the budget for what stays.
  const auto gone = ask(to(first, "2026-11-25T09:00:00Z") + "," + to(stranger, "2026-11-22T09:00:00Z"));
  CHECK(gone.body.at("deliveries").as_array().empty());
  CHECK(ask(to(far, "2026-11-22T09:00:00Z") + "," + to(far, "2026-11-22T10:00:00Z")).status() == 422);
  CHECK(ask(to(far, "2029-11-22T09:00:00Z")).text("/errors/0/pointer") == "/moves/0/at");
}

TEST_CASE("a simulation's transaction cannot write") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = *base::parse_uuid(front.add_project(token));
  const auto tenant = front.engine_database.query_now(
      std::nullopt, persistence::statement{"test_tenant", "SELECT tenant_id FROM projects WHERE id = $1"}, project);
  REQUIRE(tenant);
  constexpr persistence::statement rename{"test_rename", "UPDATE projects SET name = 'changed' WHERE id = $1"};
  const persistence::simulations::window asked{
      .project_id = project, .from = tests::test_start, .to = tests::test_start, .now = tests::test_start};
  const auto done = front.database.transact_now(tenant->get<base::uuid>(0, 0), [&](persistence::transaction& tx) {
    persistence::simulations::read(tx, asked);
    tx.execute(rename, project);
  });
  CHECK(done.has_error());
  CHECK(front.get("/projects/" + base::to_string(project), token).text("/name") == "Project");
}

TEST_CASE("a simulation is refused by the field that is wrong") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto target = "/projects/" + front.add_project(token) + "/simulate";
  for (const auto* body :
       {R"({"from":"2026-11-23T00:00:00Z","to":"2026-11-22T00:00:00Z"})",
        R"({"from":"2026-11-22T00:00:00Z","to":"2036-11-22T00:00:00Z"})", R"({"from":"2026-11-22T00:00:00Z"})",
        R"({"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z","limit":0})",
        R"({"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z","assume":{"failure_rate":1.5}})",
        R"({"from":"2026-11-22T00:00:00Z","to":"2026-11-23T00:00:00Z","assume":{"call_ms":60000}})"}) {
    INFO(body);
    CHECK(front.post(target, body, token).status() == 422);
  }
  CHECK(front.post(target, std::string{day} + "}", token).text("/summary") ==
        "This project has no delivery due in this time.");
}

TEST_CASE("a month of 10,000 deliveries is simulated within two seconds, and more than 20,000 are refused") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto x = front.add_x(token, project);
  fill(front, project, x, 10'000, std::chrono::seconds{259});
  const auto target = "/projects/" + project + "/simulate";
  const std::string month = R"({"from":"2026-11-22T00:00:00Z","to":"2026-12-23T00:00:00Z","limit":10000})";
  const auto before = std::chrono::steady_clock::now();
  const auto played = front.post(target, month, token);
  const auto took = std::chrono::steady_clock::now() - before;
  REQUIRE(played.status() == 200);
  CHECK(played.body.at("deliveries").as_array().size() == 10'000);
  CHECK(played.body.at("totals").at("on_time").as_int64() == 10'000);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  WARN("10,000 deliveries of a month simulated in " << milliseconds << " ms, " << played.raw.bytes().size()
                                                    << " bytes of answer");
  CHECK(took < tests::time_limit(std::chrono::seconds{2}));

  const auto other = front.add_project(token, "Other");
  fill(front, other, front.add_x(token, other), 10'001, std::chrono::seconds{200});  // the same account
  const auto refused = front.post(target, month, token);
  CHECK(refused.status() == 422);
  CHECK(refused.body.at_pointer("/errors/0/pointer") == "/to");
}
