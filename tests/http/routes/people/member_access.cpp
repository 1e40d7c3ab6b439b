// Access that is limited to projects and channels: everything else is invisible.
#include <catch2/catch.hpp>

#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

struct access_fixture : people_fixture {
  std::string owner = sign_up("owner@example.com").text("/access_token");
  answered joined = join("member");
  std::string member = joined.text("/access_token");
  std::string member_id = joined.text("/member/id");
  std::string red = make_project("Red");
  std::string blue = make_project("Blue");
  std::string site = make_channel(red, "1");
  std::string other_site = make_channel(red, "2");

  answered join(const std::string& role) {
    const auto code = post("/org/invites", R"({"role":")" + role + "\"}", owner).text("/code");
    return post("/org/invites/accept",
                R"({"code":")" + code + R"(","email":")" + role + R"(@example.com","password":")" + password + "\"}");
  }
  std::string make_project(const std::string& name) {
    return post("/projects", R"({"name":")" + name + "\"}", owner).text("/id");
  }
  std::string make_channel(const std::string& project, const std::string& account) {
    return post("/channels",
                R"({"project_id":")" + project + R"(","type":"x","name":"X","account":{"external_user_id":")" +
                    account + R"(","handle":"h)" + account + R"(","access_token":"t"}})",
                owner)
        .text("/id");
  }
  answered limit(const std::string& grants, const std::string& whom = {}) {
    return put("/org/members/" + (whom.empty() ? member_id : whom) + "/access",
               R"({"is_limited":true,"grants":[)" + grants + "]}", owner);
  }
  std::string grant(const std::string& project, const std::string& channels = {}) {
    return R"({"project_id":")" + project + "\"" + (channels.empty() ? "" : R"(,"channel_ids":[)" + channels + "]") +
           "}";
  }
  std::size_t count(const std::string& path, const std::string& token) {
    return get(path, token).body.at("items").as_array().size();
  }
};

}  // namespace

TEST_CASE("a limited member sees their projects alone, at once, and everything again when it is lifted") {
  access_fixture front;  // asvs: 8.2.2
  CHECK(front.count("/projects", front.member) == 2);
  REQUIRE(front.limit(front.grant(front.blue)).status() == 200);
  CHECK(front.count("/projects", front.member) == 1);
  CHECK(front.get("/projects/" + front.red, front.member).status() == 404);
  CHECK(front.get("/channels/" + front.site, front.member).status() == 404);
  CHECK(front.get("/auth/me", front.member).body.at("is_limited").as_bool());
  REQUIRE(front.limit("").status() == 200);
  CHECK(front.count("/projects", front.member) == 0);
  const auto shown = front.get("/org/members/" + front.member_id + "/access", front.owner);
  CHECK(shown.body.at("grants").as_array().empty());
  REQUIRE(front.put("/org/members/" + front.member_id + "/access", R"({"is_limited":false})", front.owner).status() ==
          200);
  CHECK(front.count("/projects", front.member) == 2);
}

TEST_CASE("of a project some channels may be granted, and a channel that comes later is not among them") {
  access_fixture front;
  REQUIRE(front.limit(front.grant(front.red, "\"" + front.site + "\"")).status() == 200);
  CHECK(front.get("/channels/" + front.site, front.member).status() == 200);
  CHECK(front.get("/channels/" + front.other_site, front.member).status() == 404);
  const auto channels = front.get("/channels?project_id=" + front.red, front.member);
  CHECK(channels.body.at("items").as_array().size() == 1);
  const auto later = front.make_channel(front.red, "3");
  front.door.known().forget_all();  // as NOTIFY has it
  CHECK(front.get("/channels/" + later, front.member).status() == 404);
  // What is written goes to what is granted, and what others sent elsewhere is not shown.
  const auto text = R"({"project_id":")" + front.red + R"(","title":"A","text":"B"})";
  const auto own = front.post("/posts", text, front.member);
  REQUIRE(own.status() == 201);
  CHECK(own.body.at("deliveries").as_array().size() == 1);
  const auto theirs = front.post("/posts", text, front.owner);
  CHECK(theirs.body.at("deliveries").as_array().size() == 3);
  const auto seen = front.get("/posts/" + theirs.text("/id"), front.member);
  CHECK(seen.body.at("deliveries").as_array().size() == 1);
}

TEST_CASE("a limited member's token has no more than they, and neither do owners and admins get less") {
  access_fixture front;
  const auto made = front.post("/auth/tokens", R"({"name":"t","scopes":["read_projects"]})", front.member);
  const auto token = made.text("/token");
  CHECK(front.count("/projects", token) == 2);
  REQUIRE(front.limit(front.grant(front.blue)).status() == 200);
  CHECK(front.count("/projects", token) == 1);
  const auto red = front.post(
      "/auth/tokens", R"({"name":"t","scopes":["read_projects"],"project_ids":[")" + front.red + "\"]}", front.owner);
  CHECK(front.count("/projects", red.text("/token")) == 1);
  const auto admin = front.join("admin").text("/member/id");
  CHECK(front.limit(front.grant(front.blue), admin).code() == "sees_everything");
  REQUIRE(
      front.put("/users/role", R"({"user_id":")" + front.member_id + R"(","role":"admin"})", front.owner).status() ==
      200);
  CHECK(front.count("/projects", front.member) == 2);
  REQUIRE(
      front.put("/users/role", R"({"user_id":")" + front.member_id + R"(","role":"member"})", front.owner).status() ==
      200);
  CHECK(front.count("/projects", front.member) == 1);
}

TEST_CASE("only what is the company's can be granted, by owners and admins, and to nobody above them") {
  access_fixture front;
  const auto stranger = front.sign_up("stranger@example.com", "Other").text("/access_token");
  const auto foreign = front.post("/projects", R"({"name":"Foreign"})", stranger).text("/id");
  CHECK(front.limit(front.grant(foreign)).status() == 422);
  CHECK(front.limit(front.grant(front.blue, "\"" + front.site + "\"")).status() == 422);
  CHECK(front.limit(front.grant(front.blue) + "," + front.grant(front.blue)).status() == 422);
  CHECK_FALSE(front.get("/org/members/" + front.member_id + "/access", front.owner).body.at("is_limited").as_bool());
  CHECK(front.put("/org/members/" + front.member_id + "/access", R"({"is_limited":true})", front.member).status() ==
        403);
  CHECK(front.put("/org/members/" + front.member_id + "/access", R"({"is_limited":true})", stranger).status() == 404);
}

TEST_CASE("a limited member invites nobody, and polls what is theirs") {
  access_fixture front;
  const auto leader = front.join("team_leader");
  REQUIRE(front.limit(front.grant(front.red), leader.text("/member/id")).status() == 200);
  const auto token = leader.text("/access_token");
  CHECK(front.post("/activity/ticket", "", token).status() == 201);
  CHECK(front.post("/org/invites", "{}", token).code() == "beyond_projects");
  CHECK(front.get("/activity/events", token).status() == 200);
  for (const auto listed = front.get("/auth/me", token); const auto& each : listed.body.at("permissions").as_array())
    CHECK(each.as_string() != "invite_members");
}
