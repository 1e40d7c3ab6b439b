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
