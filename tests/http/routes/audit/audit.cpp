// The audit through the front door: what it records, for whom, and what it never records.
#include <catch2/catch.hpp>

#include "http/routes/people/operator_acts.hpp"
#include "persistence/audit/sealer.hpp"
#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

struct audit_fixture : people_fixture {
  answered signed_up = sign_up("owner@example.com");
  std::string owner = signed_up.text("/access_token");
  std::string owner_id = signed_up.text("/member/id");
  std::string company = signed_up.text("/company/id");

  boost::json::array entries(const std::string& more = {}) {
    return get("/audit?limit=100" + more, owner).body.at("items").as_array();
  }
  /// The latest of a route.
  boost::json::object latest(const std::string& action) {
    for (const auto& each : entries()) {
      if (each.at("action").as_string() == action) return each.as_object();
    }
    FAIL("the audit has no " << action);
    return {};
  }
  void seal() { persistence::audit::seal_all(as_engine, clock, audit_key); }
  std::string everything() { return boost::json::serialize(entries()); }
};

std::string text(const boost::json::object& of, std::string_view pointer) {
  return std::string{boost::json::value(of).at_pointer(pointer).as_string()};
}

}  // namespace

TEST_CASE("a change is told with who, from where, in which request, before and after") {  // asvs: 16.2.1
  audit_fixture front;
  const auto team = front.post("/org/teams", R"({"name":"Red"})", front.owner).text("/id");
  CHECK(front.put("/org/teams/" + team, R"({"name":"Blue"})", front.owner).status() == 200);
  const auto told = boost::json::value(front.latest("PUT /org/teams/{id}"));
  CHECK(told.at("outcome").as_string() == "done");
  CHECK(told.at_pointer("/actor/kind").as_string() == "member");
  CHECK(told.at_pointer("/actor/id").as_string() == std::string_view{front.owner_id});
  CHECK(told.at("subject_id").as_string() == std::string_view{team});
  CHECK(told.at("request_id").as_string() == "test-request");
  CHECK(told.at_pointer("/details/address").as_string() == "192.0.2.1");
  CHECK(told.at_pointer("/details/changes/0/what").as_string() == "teams");
  CHECK(told.at_pointer("/details/changes/0/before/name").as_string() == "Red");
  CHECK(told.at_pointer("/details/changes/0/after/name").as_string() == "Blue");
  CHECK_FALSE(told.at("sentence").as_string().empty());
}

TEST_CASE("what changes nothing, and what only reads, is not told") {  // asvs: 3.5.3
  audit_fixture front;
  const auto before = front.entries().size();
  front.get("/projects", front.owner);
  front.post("/posts/check", R"({"text":"A","platforms":["x"]})", front.owner);
  front.refresh(front.signed_up.text("/refresh_token"));
  CHECK(front.entries().size() == before);
}

TEST_CASE("a post is told with the events that the one door has written") {
  audit_fixture front;
  const auto project = front.post("/projects", R"({"name":"A"})", front.owner).text("/id");
  front.post("/channels", R"({"project_id":")" + project + R"(","type":"website","name":"Site"})", front.owner);
  REQUIRE(front.post("/posts", R"({"project_id":")" + project + R"(","title":"A","text":"B"})", front.owner).status() ==
          201);
  const auto told = boost::json::value(front.latest("POST /posts"));
  CHECK(told.at_pointer("/details/events/0/event").as_string() == "PostCreated");
}

TEST_CASE("signing in, signing out and failing to are told of the member, and no password or token ever is") {
  audit_fixture front;  // asvs: 14.2.4 16.3.1
  const auto in = front.log_in("owner@example.com");
  CHECK(text(front.latest("POST /auth/login"), "/actor/id") == front.owner_id);
  front.post("/auth/logout", people_fixture::refresh_body(in.text("/refresh_token")));
  CHECK(text(front.latest("POST /auth/logout"), "/actor/id") == front.owner_id);
  front.clock.advance(std::chrono::seconds{1});  // entries of one moment come in any order
  CHECK(front.log_in("owner@example.com", "wrong password").status() == 401);
  const auto refused = front.latest("POST /auth/login");
  CHECK(text(refused, "/outcome") == "refused");
  CHECK(text(refused, "/code") == "wrong_credentials");
  CHECK(front
            .put("/auth/password",
                 R"({"current_password":"correct horse battery","new_password":"seven red bicycles"})", front.owner)
            .status() == 204);
  CHECK(text(front.latest("PUT /auth/password"), "/details/changes/0/after/password_hash") == "changed");
  const auto token = front.post("/auth/tokens", R"({"name":"t","scopes":["read_audit"]})", front.owner).text("/token");
  front.post("/auth/second-factor", "", front.owner);
  const auto all = front.everything();
  for (const auto& secret : {token, token.substr(6), in.text("/refresh_token"), in.text("/access_token"),
                             std::string{"correct horse"}, std::string{"seven red"}, std::string{"argon2"}})
    CHECK(all.find(secret) == all.npos);
}

TEST_CASE("refusals are told with their reason, by a person or a token, and one company's flood is bounded") {
  audit_fixture front;  // asvs: 16.3.2
  const auto member = join(front, front.owner, "member", "member");
  CHECK(front.post("/projects", R"({"name":"A"})", member).status() == 403);
  CHECK(text(front.latest("POST /projects"), "/code") == "not_permitted");
  CHECK(front.get("/audit", member).status() == 403);
  CHECK(text(front.latest("GET /audit"), "/outcome") == "refused");
  const auto made = front.post("/auth/tokens", R"({"name":"t","scopes":["read_audit"]})", front.owner);
  const auto token = made.text("/token");
  CHECK(front.get("/audit", token).status() == 200);
  front.clock.advance(std::chrono::seconds{1});  // entries of one moment come in any order
  CHECK(front.post("/projects", R"({"name":"A"})", token).code() == "scope_missing");
  const auto by_token = front.latest("POST /projects");
  CHECK(text(by_token, "/actor/kind") == "token");
  CHECK(text(by_token, "/actor/token_id") == made.text("/details/id"));
  for (int i = 0; i < 150; ++i) front.post("/projects", R"({"name":"A"})", member);
  CHECK(front.entries("&outcome=refused").size() == 100);
  CHECK(front.get("/audit/analytics/summary", front.owner).body.at("refused").as_int64() <= 125);
}

TEST_CASE("the audit is found by person, thing, route, request, outcome and time, and by pages") {
  audit_fixture front;
  const auto admin = join(front, front.owner, "admin", "admin");
  const auto team = front.post("/org/teams", R"({"name":"Red"})", admin).text("/id");
  front.put("/org/teams/" + team, R"({"name":"Blue"})", front.owner);
  const auto admin_id = front.get("/auth/me", admin).text("/member/id");
  for (const auto& each : front.entries("&actor_id=" + admin_id))
    CHECK(each.at_pointer("/actor/id").as_string() == std::string_view{admin_id});
  CHECK(front.entries("&actor_id=" + admin_id).size() >= 2);
  CHECK(front.entries("&subject_id=" + team).size() == 1);
  CHECK(front.entries("&action=POST%20/org/teams").size() == 1);
  CHECK(front.entries("&request_id=none").empty());
  CHECK(front.entries("&outcome=refused").empty());
  CHECK(front.entries("&since=2026-11-23T00:00:00Z").empty());
  CHECK(front.entries("&until=2026-11-22T00:00:00Z").empty());
  CHECK(front.get("/audit?outcome=maybe", front.owner).status() == 422);
  const auto all = front.entries().size();
  std::size_t seen = 0;
  std::string cursor;
  do {
    const auto page = front.get("/audit?limit=2" + cursor, front.owner).body;
    seen += page.at("items").as_array().size();
    const auto* next = page.as_object().if_contains("next_cursor");
    cursor = next != nullptr && next->is_string() ? "&cursor=" + std::string{next->as_string()} : "";
  } while (!cursor.empty());
  CHECK(seen == all);
  CHECK(front.get("/audit/recent-activity", front.owner).body.at("items").as_array().size() <= 20);
  const auto summary = front.get("/audit/analytics/summary?days=7", front.owner).body;
  CHECK(summary.at("done").as_int64() == static_cast<std::int64_t>(all));
  CHECK(summary.at("by_day").as_array().size() == 1);
}

TEST_CASE("one company's audit is not another's") {
  audit_fixture front;
  const auto other = front.sign_up("other@example.com", "Other").text("/access_token");
  for (const auto listed = front.get("/audit", other); const auto& each : listed.body.at("items").as_array())
    CHECK(each.at("action").as_string() == "POST /signup");
}

TEST_CASE("the export has a line for each entry, and no cell that a spreadsheet would run") {
  audit_fixture front;
  front.post("/org/teams", R"({"name":"=1+1"})", front.owner);
  auto asked = front.with_token(people_fixture::request(people_fixture::verb::get, "/audit/export"), front.owner);
  asked.headers.push_back({"user-agent", "=cmd()"});
  const auto given = front.answer(asked);
  CHECK(given.status() == 200);
  CHECK(given.raw.content_type.starts_with("text/csv"));
  const auto csv = front.whole_of(given.raw);
  CHECK(csv.starts_with("time_utc,action,"));
  CHECK(csv.find(",=") == csv.npos);
  CHECK(csv.find("POST /org/teams") != csv.npos);
  CHECK(front.get("/audit/export?outcome=refused", front.owner).status() == 200);
}

TEST_CASE("every look of an administrator into a company, and suspending it, is in that company's audit") {
  audit_fixture front;
  const auto root = front.sign_up("root@example.com", "Operators").text("/access_token");
  persistence::database login({.url = front.database_url, .connections = 1, .as = persistence::role::login});
  const auto promoted = http::routes::promote_by_operator(login, "root@example.com", front.clock.now());
  REQUIRE(promoted.has_value());
  REQUIRE(*promoted == 1);
  login.stop();
  front.door.known().forget_all();
  CHECK(front.get("/admin/orgs/" + front.company, root).status() == 200);
  const auto looked = front.latest("GET /admin/orgs/{id}");
  CHECK(text(looked, "/actor/kind") == "platform_admin");
  CHECK(front.post("/admin/orgs/" + front.company + "/suspend", R"({"reason":"unpaid"})", root).status() == 200);
  CHECK(front.get("/audit", front.owner).code() == "company_suspended");
  CHECK(front.post("/admin/orgs/" + front.company + "/resume", "", root).status() == 200);
  const auto suspended = front.latest("POST /admin/orgs/{id}/suspend");
  CHECK(text(suspended, "/details/changes/0/after/suspended_because") == "unpaid");
  CHECK(text(front.latest("POST /admin/orgs/{id}/resume"), "/actor/kind") == "platform_admin");
}

TEST_CASE("the head is exported, and the chain is verified against it by a call") {
  audit_fixture front;
  CHECK(front.get("/audit/head", front.owner).status() == 404);
  front.seal();
  const auto head = front.get("/audit/head", front.owner);
  REQUIRE(head.status() == 200);
  front.post("/org/teams", R"({"name":"Red"})", front.owner);
  front.seal();
  const auto sound = front.post("/audit/verify", R"({"head":)" + boost::json::serialize(head.body) + "}", front.owner);
  REQUIRE(sound.status() == 200);
  CHECK(sound.body.at("is_sound").as_bool());
  CHECK(front.post("/audit/verify", "", front.owner).body.at("is_sound").as_bool());
  auto changed = head.body.as_object();
  changed["entries"] = 1000;
  const auto lie = front.post("/audit/verify", R"({"head":)" + boost::json::serialize(changed) + "}", front.owner);
  CHECK_FALSE(lie.body.at("is_sound").as_bool());
  persistence::database login({.url = front.database_url, .connections = 1, .as = persistence::role::login});
  static constexpr persistence::statement remove{"test_remove_first", "DELETE FROM audit_entries WHERE seq = 1"};
  REQUIRE(login.query_now(std::nullopt, remove).has_value());
  login.stop();
  const auto broken = front.post("/audit/verify", "", front.owner);
  CHECK_FALSE(broken.body.at("is_sound").as_bool());
  CHECK(broken.body.at("problem").as_string() == "Entry 1 was deleted.");
}

TEST_CASE("the roles are told by the routes themselves") {  // asvs: 8.1.1
  audit_fixture front;
  const auto told = front.get("/roles", join(front, front.owner, "analyst", "analyst"));
  REQUIRE(told.status() == 200);
  CHECK(told.body.at("roles").as_array().size() == 5);
  std::size_t calls = 0;
  for (const auto& each : told.body.at("permissions").as_array()) calls += each.at("calls").as_array().size();
  std::size_t known = 0;
  for (const auto& each : front.door.table().routes())
    known += each.needs != domain::permission::public_ && each.needs != domain::permission::administer_platform &&
             !each.options.hidden;
  CHECK(calls == known);
  CHECK(told.text("/permissions/0/calls/0/summary") != "");
}

TEST_CASE("one takes a copy of what is kept, and a member who has left is erased but for what they did") {
  audit_fixture front;
  front.clock.advance(std::chrono::seconds{1});  // the latest stands first
  const auto member = join(front, front.owner, "member", "member");
  const auto member_id = front.get("/auth/me", member).text("/member/id");
  const auto own = front.whole_of(front.get("/users/export", member).raw);
  CHECK(own.find("member@example.com") != own.npos);
  CHECK(own.find("owner@example.com") == own.npos);
  CHECK(front.get("/org/export", member).status() == 403);
  front.clock.advance(std::chrono::seconds{1});
  const auto all = front.whole_of(front.get("/org/export", front.owner).raw);
  CHECK(all.find("owner@example.com") != all.npos);
  CHECK(all.find("argon2") == all.npos);
  CHECK(text(front.latest("GET /org/export"), "/outcome") == "done");
  const auto erase = [&](const std::string& id) {
    return front.post("/org/members/" + id + "/erase", "", front.owner);
  };
  CHECK(erase(member_id).code() == "active_member");
  CHECK(erase(front.owner_id).code() == "own_role");
  CHECK(front.remove("/org/members/" + member_id, front.owner).status() == 204);
  front.seal();
  CHECK(erase(member_id).status() == 204);
  front.seal();
  CHECK(front.everything().find("member@example.com") == std::string::npos);
  const auto verified = front.post("/audit/verify", "", front.owner).body;
  CHECK(verified.at("problem").as_string() == "");
  CHECK(verified.at("erased").as_int64() >= 2);
  CHECK(front.post("/org/members/" + member_id + "/reactivate", "", front.owner).code() == "erased_member");
  CHECK(front.get("/org/members", front.owner).body.at_pointer("/items/0/is_erased").as_bool());
}
