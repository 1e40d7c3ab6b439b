// The orders in which GET /posts lists, and the lateness in its rows.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::count;
using tests::publishing_fixture;

namespace {

/// A company with posts of a few times, some of them equal, and drafts between them.
struct with_posts {
  with_posts() {
    front.add_website(token, project);
    for (const auto* day : {"24", "", "23", "25", "", "23", "24", "", "23"}) {
      const std::string at = day;
      const auto when = at.empty() ? at : R"(,"scheduled_at":"2026-11-)" + at + R"(T09:00:00Z")";
      made.push_back(front.add_post(token, project, when));
      front.clock.advance(std::chrono::seconds{1});
    }
  }

  /// The times of all posts of a list, "" for none, read in pages of two by their cursors; every post once.
  std::vector<std::string> times_of(const std::string& query) {
    std::vector<std::string> times;
    std::vector<std::string> ids;
    std::string cursor;
    for (;;) {
      const auto page = front.get("/posts?limit=2&" + query + cursor, token);
      INFO(page.raw.bytes());
      REQUIRE(page.status() == 200);
      for (const auto& each : page.body.at("items").as_array()) {
        ids.emplace_back(each.at("id").as_string());
        const auto& at = each.at("scheduled_at");
        times.push_back(at.is_null() ? "" : std::string{at.as_string()}.substr(8, 2));
      }
      if (page.body.at("next_cursor").is_null()) break;
      cursor = "&cursor=" + page.text("/next_cursor");
      CHECK(page.raw.find("link").value_or("").find(query + cursor) != std::string::npos);
    }
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    return times;
  }

  publishing_fixture front;
  std::string token = front.sign_up("acme");
  std::string project = front.add_project(token);
  std::vector<std::string> made;
};

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("posts are listed by their time either way, those without a time last, each once") {
  with_posts world;
  CHECK(world.times_of("sort=newest_first") == words{"23", "", "24", "23", "", "25", "23", "", "24"});
  CHECK(world.times_of("sort=soonest_first") == words{"23", "23", "23", "24", "24", "25", "", "", ""});
  CHECK(world.times_of("sort=latest_first") == words{"25", "24", "24", "23", "23", "23", "", "", ""});
  const auto of_project = "sort=soonest_first&project_id=" + world.project;
  CHECK(world.times_of(of_project) == words{"23", "23", "23", "24", "24", "25", "", "", ""});
  CHECK(world.times_of("sort=latest_first&group=scheduled") == words{"25", "24", "24", "23", "23", "23"});
  CHECK(world.times_of("sort=latest_first&group=draft") == words{"", "", ""});
  const auto drafts = world.front.get("/posts?sort=soonest_first&status=draft", world.token);
  CHECK(drafts.text("/items/0/id") == world.made[7]);  // the newest first
  CHECK(drafts.text("/items/2/id") == world.made[1]);
}

TEST_CASE("an order that there is not, and the cursor of another order, are refused with a sentence") {
  with_posts world;
  const auto get = [&](const std::string& query) { return world.front.get("/posts?limit=1&" + query, world.token); };
  CHECK(get("sort=scheduled_at").status() == 422);
  const std::vector<std::string> orders{"newest_first", "soonest_first", "latest_first"};
  for (const auto& given : orders) {
    auto cursor = get("sort=" + given).text("/next_cursor");
    for (const auto& asked : orders) {
      INFO(given << " → " << asked);
      const auto answer = get("sort=" + asked + "&cursor=" + cursor);
      CHECK(answer.status() == (given == asked ? 200 : 422));
      if (given == asked) continue;
      CHECK(answer.text("/errors/0/parameter") == "cursor");
      CHECK(answer.text("/errors/0/detail") ==
            "is of a list with `sort=" + given + "`; leave it out to begin with the first page of this one");
    }
    if (given != "newest_first") CHECK(get("cursor=" + cursor).status() == 422);
  }
  CHECK(get("sort=soonest_first&cursor=s").status() == 422);
  CHECK(get("sort=soonest_first&cursor=snonsense").status() == 422);
  CHECK(get("sort=soonest_first&cursor=x" + get("").text("/next_cursor")).status() == 422);
}

TEST_CASE("a project that there is not is named in every order") {
  with_posts world;
  const std::string nowhere = "0192f0c1-2222-7000-8000-000000000000";
  for (const auto* order : {"newest_first", "soonest_first", "latest_first"}) {
    const auto answer = world.front.get("/posts?project_id=" + nowhere + "&sort=" + order, world.token);
    CHECK(answer.status() == 404);
    CHECK(answer.text("/errors/0/parameter") == "project_id");
  }
}

TEST_CASE("a post says how late it went out, in the list as by itself; nothing while none of it is out") {
  with_posts world;
  auto& front = world.front;
  const auto& id = world.made[0];
  CHECK(front.get("/posts/" + id, world.token).body.at("lateness_ms").is_null());
  const auto delivery = front.delivery_of(world.token, id);
  front.bring_to(delivery, domain::delivery_state::published);
  constexpr persistence::statement tell{"test_tell_lateness", R"sql(
    INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, metadata_json, outcome, created_at)
    SELECT tenant_id, project_id, post_id, id, channel_id, 'PublishSucceeded', '{"lateness_ms":3.25}', 'published', $2
    FROM deliveries WHERE id = $1)sql"};
  REQUIRE(front.engine_database.query_now(std::nullopt, tell, *base::parse_uuid(delivery), front.clock.now()));
  CHECK(front.get("/posts/" + id, world.token).body.at("lateness_ms").as_double() == Approx(3.25));
  for (const auto* order : {"newest_first", "soonest_first", "latest_first"}) {
    const auto listed = front.get(std::string{"/posts?sort="} + order, world.token);
    REQUIRE(count(listed) == world.made.size());
    for (const auto& each : listed.body.at("items").as_array()) {
      CHECK(each.at("lateness_ms").is_null() == (each.at("id").as_string() != id));
    }
  }
}
