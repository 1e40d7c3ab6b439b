// Pausing and resuming through the whole front door.
#include <map>

#include <catch2/catch.hpp>

#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using domain::delivery_state;
using tests::publishing_fixture;

TEST_CASE("a channel is paused and resumed, and saying so twice changes nothing") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  const auto channel = "/channels/" + front.add_x(token, project);
  CHECK(front.get(channel, token).body.at("paused_at").is_null());
  const auto paused = front.post(channel + "/pause", "", token);
  CHECK(paused.status() == 200);
  CHECK(paused.text("/paused_at") == base::to_string(tests::test_start));
  CHECK(paused.body.at("under_way_total").as_int64() == 0);
  CHECK(paused.body.at("under_way").as_array().empty());
  CHECK(paused.text("/type") == "x");
  front.clock.advance(std::chrono::minutes{1});
  CHECK(front.post(channel + "/pause", "", token).text("/paused_at") == base::to_string(tests::test_start));
  CHECK(front.get("/channels?project_id=" + project, token).text("/items/0/paused_at") ==
        base::to_string(tests::test_start));
  const auto resumed = front.post(channel + "/resume", "", token);
  CHECK(resumed.status() == 200);
  CHECK(resumed.body.at("paused_at").is_null());
  CHECK(front.post(channel + "/resume", "", token).status() == 200);
  CHECK(front.get(channel, token).body.at("paused_at").is_null());
}

TEST_CASE("a pause names what had begun before it") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = front.add_project(token);
  front.add_website(token, project);
  const auto x = front.add_x(token, project);
  const auto only_x = R"(,"channel_ids":[")" + x + R"("],"scheduled_at":"2026-11-22T09:00:00Z")";
  const auto sending = front.delivery_of(token, front.add_post(token, project, only_x));
  const auto unknown = front.delivery_of(token, front.add_post(token, project, only_x));
  front.bring_to(sending, delivery_state::sending);
  front.bring_to(unknown, delivery_state::unknown);
  front.add_post(token, project, only_x);
  const auto check = [&](const std::string& target) {
    const auto paused = front.post(target + "/pause", "", token);
    INFO(paused.raw.bytes());
    CHECK(paused.status() == 200);
    CHECK(paused.body.at("under_way_total").as_int64() == 2);
    // Both were made in the same millisecond, so either may be the first.
    std::map<std::string, std::string> states;
    for (const std::string each : {"/under_way/0", "/under_way/1"}) {
      states[paused.text(each + "/id")] = paused.text(each + "/state");
      CHECK(paused.text(each + "/channel_name") == "X @acme");
    }
    CHECK(states == std::map<std::string, std::string>{{sending, "sending"}, {unknown, "unknown"}});
  };
  check("/channels/" + x);
  check("/projects/" + project);
  check("/company");
  const auto other = front.add_project(token, "Other");
  CHECK(front.post("/projects/" + other + "/pause", "", token).body.at("under_way_total").as_int64() == 0);
}

TEST_CASE("a project and a company show that they are paused") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto project = "/projects/" + front.add_project(token);
  CHECK(front.post(project + "/pause", "", token).status() == 200);
  CHECK(front.get(project, token).text("/paused_at") == base::to_string(tests::test_start));
  CHECK(front.get("/projects", token).text("/items/0/paused_at") == base::to_string(tests::test_start));
  CHECK(front.post(project + "/resume", "", token).body.at("paused_at").is_null());

  CHECK(front.get("/company", token).text("/name") == "acme");
  CHECK(front.get("/company", token).body.at("paused_at").is_null());
  CHECK(front.post("/company/pause", "", token).status() == 200);
  CHECK(front.get("/company", token).text("/paused_at") == base::to_string(tests::test_start));
  CHECK(front.get("/auth/me", token).text("/company/paused_at") == base::to_string(tests::test_start));
  CHECK(front.post("/company/resume", "", token).body.at("paused_at").is_null());
}

TEST_CASE("who paused a project or a company is named with it, and whoever paused it last") {
  publishing_fixture front;
  const auto owner = front.sign_up("acme");
  const auto project = "/projects/" + front.add_project(owner);
  const auto code = front.post("/org/invites", R"({"role":"admin"})", owner).text("/code");
  const auto jonas =
      front
          .post("/org/invites/accept", R"({"code":")" + code + R"(","full_name":"Jonas Weil",)" +
                                           R"("email":"jonas@acme.test","password":"correct horse battery"})")
          .text("/access_token");
  CHECK(front.get(project, owner).body.at("paused_by").is_null());
  CHECK(front.post(project + "/pause", "", owner).text("/paused_by") == "owner");
  front.clock.advance(std::chrono::minutes{1});
  CHECK(front.post(project + "/pause", "", jonas).text("/paused_by") == "owner");
  CHECK(front.post(project + "/resume", "", owner).body.at("paused_by").is_null());
  CHECK(front.post(project + "/pause", "", jonas).text("/paused_by") == "Jonas Weil");
  CHECK(front.get("/projects", owner).text("/items/0/paused_by") == "Jonas Weil");
  CHECK(front.patch(project, R"({"name":"Another"})", owner).text("/paused_by") == "Jonas Weil");

  CHECK(front.get("/company", owner).body.at("paused_by").is_null());
  CHECK(front.post("/company/pause", "", jonas).text("/paused_by") == "Jonas Weil");
  CHECK(front.get("/company", owner).text("/paused_by") == "Jonas Weil");
  CHECK(front.get("/auth/me", owner).text("/company/paused_by") == "Jonas Weil");
  CHECK(front.post("/company/resume", "", owner).body.at("paused_by").is_null());
}

TEST_CASE("whoever may publish may pause a channel or a project; the company needs an admin") {
  publishing_fixture front;
  const auto owner = front.sign_up("acme");
  const auto join = [&](const std::string& role) {
    const auto code = front.post("/org/invites", R"({"role":")" + role + "\"}", owner).text("/code");
    return front
        .post("/org/invites/accept",
              R"({"code":")" + code + R"(","email":")" + role + R"(@example.com","password":"correct horse battery"})")
        .text("/access_token");
  };
  const auto nowhere = base::to_string(base::uuid_from_name("nowhere"));
  const auto member = join("member");
  CHECK(front.post("/channels/" + nowhere + "/pause", "", member).status() == 404);
  CHECK(front.post("/projects/" + nowhere + "/resume", "", member).status() == 404);
  CHECK(front.post("/company/pause", "", member).status() == 403);
  CHECK(front.post("/channels/" + nowhere + "/pause", "", join("analyst")).status() == 403);
}

TEST_CASE("another company's channel and project cannot be paused") {
  publishing_fixture front;
  const auto owner = front.sign_up("acme");
  const auto stranger = front.sign_up("other");
  const auto project = front.add_project(owner);
  const auto channel = front.add_website(owner, project);
  for (const auto& target : {"/channels/" + channel + "/pause", "/channels/" + channel + "/resume",
                             "/projects/" + project + "/pause", "/projects/" + project + "/resume"}) {
    INFO(target);
    CHECK(front.post(target, "", stranger).status() == 404);
  }
  CHECK(front.post("/company/pause", "", stranger).status() == 200);
  CHECK(front.get("/company", owner).body.at("paused_at").is_null());
  CHECK(front.get("/channels/" + channel, owner).body.at("paused_at").is_null());
}
