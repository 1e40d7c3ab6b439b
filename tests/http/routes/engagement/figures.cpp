// Figures of what a company's people did under the posts of tracked pages, and the feed of those posts.
#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;

namespace {

/// A company in which Ada (of a team) completed a like, and Bob waits.
struct figures_fixture : tests::people_fixture {
  std::string owner, ada, bob, analyst, page;

  figures_fixture() {
    owner = sign_up("owner@example.com").text("/access_token");
    ada = join(*this, owner, "ada", "member");
    bob = join(*this, owner, "bob", "member");
    analyst = join(*this, owner, "ann", "analyst");
    page = post("/tracked-pages", R"({"url":"linkedin.com/company/acme","name":"Acme"})", owner).text("/id");
    for (const auto& who : {ada, bob}) {
      REQUIRE(put("/automation/settings",
                  R"({"working_days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],)"
                  R"("works_from_minute":0,"works_until_minute":1440,"least_gap_minutes":1})",
                  who)
                  .status() == 200);
      REQUIRE(post("/tracked-pages/" + page + "/subscribe", "{}", who).status() == 200);
    }
    REQUIRE(post("/tracked-pages/" + page + "/posts", R"({"url":"urn:li:activity:70","title":"We hire"})", owner)
                .status() == 201);
    const auto mine = get("/engagements", ada).text("/items/0/id");
    REQUIRE(post("/engagements/" + mine + "/confirm", "{}", ada).status() == 200);
    complete(mine);
  }
  /// What the engager would do.
  void complete(const std::string& id) {
    static constexpr persistence::statement done{"test_complete_engagement", R"sql(
      UPDATE engagements e SET state = 'completed', attempt = 1, external_id = 'x', acted_at = $2::timestamptz,
        finished_at = (SELECT o.published_at + interval '90 seconds' FROM tracked_posts o WHERE o.id = e.post_id)
      WHERE e.id = $1::uuid)sql"};
    persistence::database login({.url = database_url, .connections = 1, .as = persistence::role::login});
    const auto changed = login.query_now(std::nullopt, done, *base::parse_uuid(id), clock.now());
    REQUIRE(changed.has_value());
    login.stop();
  }
};

std::int64_t number(const answered& from, const std::string& at) {
  INFO(from.raw.bytes());
  return from.body.at_pointer(at).as_int64();
}

}  // namespace

TEST_CASE("engagement is counted by member, team, page and week, with the time to the first act") {
  figures_fixture front;
  const auto figures = front.get("/engagements/analytics?days=7", front.analyst);
  INFO(figures.raw.bytes());
  REQUIRE(figures.status() == 200);
  CHECK(number(figures, "/total/planned") == 2);
  CHECK(number(figures, "/total/completed") == 1);
  CHECK(number(figures, "/total/waiting") == 1);
  CHECK(number(figures, "/total/posts") == 1);
  CHECK(figures.body.at_pointer("/total/median_first_act_seconds").to_number<double>() == 90);
  REQUIRE(figures.body.at_pointer("/by_member").as_array().size() == 2);
  CHECK(number(figures, "/by_member/0/likes") == 1);
  CHECK(figures.body.at_pointer("/by_member/1/median_first_act_seconds").is_null());
  CHECK(figures.text("/by_page/0/name") == "Acme");
  CHECK(figures.text("/by_team/0/key").empty());
  CHECK(figures.body.at_pointer("/by_week").as_array().size() == 1);
  CHECK(front.get("/audit/analytics/summary", front.owner).body.at_pointer("/engagement/total/completed").as_int64() ==
        1);
  CHECK(front.get("/engagements/analytics", front.ada).status() == 403);
  const auto stranger = front.sign_up("stranger@example.com", "Other").text("/access_token");
  CHECK(number(front.get("/engagements/analytics", stranger), "/total/planned") == 0);
}

TEST_CASE("a company without a plan has figures of nothing, and none is missing") {
  tests::people_fixture front;
  const auto owner = front.sign_up("owner@example.com").text("/access_token");
  const auto figures = front.get("/engagements/analytics", owner);
  INFO(figures.raw.bytes());
  CHECK(number(figures, "/total/planned") == 0);
  CHECK(figures.body.at_pointer("/by_week").as_array().empty());
  CHECK(front.get("/engagements/analytics?days=0", owner).status() == 422);
}

TEST_CASE("figures of engagement are a table, too") {
  figures_fixture front;
  const auto table = front.get("/engagements/analytics/export", front.owner);
  INFO(table.raw.bytes());
  CHECK(table.status() == 200);
  const auto text = table.raw.bytes();
  CHECK(text.find("by,key,name,planned,completed") != std::string::npos);
  CHECK(text.find("page," + front.page + ",Acme,2,1,1,0,1,0,0,0,1,90") != std::string::npos);
}

TEST_CASE("who did most is a list that a company may do without") {
  figures_fixture front;
  const auto board = front.get("/engagements/leaderboard", front.ada);
  INFO(board.raw.bytes());
  REQUIRE(board.body.at_pointer("/items").as_array().size() == 1);
  CHECK(board.body.at_pointer("/items/0/is_me").as_bool());
  CHECK(number(board, "/items/0/place") == 1);
  CHECK(front.put("/engagements/leaderboard", R"({"is_on":false})", front.ada).status() == 403);
  const auto off = front.put("/engagements/leaderboard", R"({"is_on":false})", front.owner);
  CHECK_FALSE(off.body.at_pointer("/is_on").as_bool());
  const auto seen = front.get("/engagements/leaderboard", front.bob);
  CHECK_FALSE(seen.body.at_pointer("/is_on").as_bool());
  CHECK(seen.body.at_pointer("/items").as_array().empty());
  const auto stranger = front.sign_up("stranger@example.com", "Other").text("/access_token");
  CHECK(front.get("/engagements/leaderboard", stranger).body.at_pointer("/is_on").as_bool());
}

TEST_CASE("posts that were found are one feed of all pages, newest first") {
  figures_fixture front;
  const auto other = front.post("/tracked-pages", R"({"url":"linkedin.com/company/other"})", front.owner).text("/id");
  front.post("/tracked-pages/" + other + "/posts",
             R"({"url":"urn:li:activity:71","published_at":"2020-01-01T00:00:00Z"})", front.owner);
  const auto feed = front.get("/tracked-posts", front.bob);
  INFO(feed.raw.bytes());
  REQUIRE(feed.body.at_pointer("/items").as_array().size() == 2);
  CHECK(feed.text("/items/0/page_name") == "Acme");
  CHECK(number(feed, "/items/0/completed") == 1);
  CHECK(number(feed, "/items/0/waiting") == 1);
  const auto first = front.get("/tracked-posts?limit=1", front.bob);
  const auto second = front.get("/tracked-posts?limit=1&cursor=" + first.text("/next_cursor"), front.bob);
  CHECK(second.text("/items/0/external_id") == "urn:li:activity:71");
  CHECK(front.get("/tracked-posts?page_id=" + other, front.bob).body.at_pointer("/items").as_array().size() == 1);
  const auto id = feed.text("/items/0/id");
  CHECK(front.get("/tracked-posts/" + id, front.bob).text("/title") == "We hire");
  front.remove("/tracked-pages/" + front.page, front.owner);
  CHECK(front.get("/tracked-posts/" + id, front.bob).status() == 404);
}
