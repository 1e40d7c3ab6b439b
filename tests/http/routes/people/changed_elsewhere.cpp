// Changes of members by another process that announces nothing: they are in force with the next request.
#include <catch2/catch.hpp>

#include "tests/http/joined_member.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using http::server::verb;
using tests::people_fixture;

namespace {

/// A company with its owner, and the database as another process has it, of whose changes nobody tells this one.
struct elsewhere_fixture : people_fixture {
  tests::answered owner = sign_up("owner@example.com");
  std::string token = owner.text("/access_token");
  base::uuid tenant = *base::parse_uuid(owner.text("/company/id"));
  persistence::database other{{.url = database_url, .connections = 1, .as = persistence::role::login}};

  ~elsewhere_fixture() { other.stop(); }

  void change(const persistence::statement& how) {
    // What is kept of the caller is fresh, and wrong from now on.
    REQUIRE(get("/projects", token).status() == 200);
    REQUIRE(other.query_now(tenant, how).has_value());
  }
  tests::answered ask(const http::route& of) {
    auto path = of.path;
    for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
      path.replace(at, path.find('}') - at + 1, base::to_string(tenant));
    auto asked = with_token(request(of.method, path), token);
    return answer(asked);
  }
};

constexpr persistence::statement demote{"test_demote", "UPDATE members SET role = 'analyst'"};
constexpr persistence::statement promote{"test_promote", "UPDATE members SET role = 'owner'"};
constexpr persistence::statement to_member{"test_to_member", "UPDATE members SET role = 'member'"};
constexpr persistence::statement deactivate_all{"test_deactivate_all", "UPDATE members SET is_active = false"};
constexpr persistence::statement end_sessions{
    "test_end_sessions", "UPDATE sessions SET ended_at = '2026-11-22T08:00:00Z', ended_because = 'logout'"};
constexpr persistence::statement remove_sessions{"test_remove_sessions", "DELETE FROM sessions"};
constexpr persistence::statement suspend{"test_suspend", "UPDATE tenants SET suspended_at = '2026-11-22T08:00:00Z'"};
constexpr persistence::statement revoke_tokens{"test_revoke",
                                               "UPDATE api_tokens SET revoked_at = '2026-11-22T08:00:00Z'"};

constexpr persistence::statement undo_all{"test_undo", R"sql(
  WITH active AS (UPDATE members SET role = 'owner', is_active = true), live AS (UPDATE sessions SET ended_at = NULL, ended_because = NULL)
  UPDATE tenants SET suspended_at = NULL)sql"};

}  // namespace

TEST_CASE_METHOD(elsewhere_fixture,
                 "another process's change of a member is in force with the next request") {  // asvs: 8.3.1
  struct expectation {
    const persistence::statement* how;
    int status;
    std::string code;
  };
  const std::vector<expectation> table{{&demote, 403, "not_permitted"},
                                       {&deactivate_all, 401, "inactive_member"},
                                       {&end_sessions, 401, "session_ended"},
                                       {&remove_sessions, 401, "session_ended"},
                                       {&suspend, 403, "company_suspended"}};
  for (const auto& row : table) {
    for (const bool reads : {false, true}) {
      INFO(row.code << (reads ? " reading" : " writing"));
      change(*row.how);
      // Invitations are for those who run the company.
      const auto refused = reads ? get("/org/invites", token) : post("/projects", R"({"name":"B"})", token);
      CHECK(refused.status() == row.status);
      CHECK(refused.code() == row.code);
      REQUIRE(other.query_now(tenant, undo_all).has_value());
      if (row.how == &remove_sessions) token = log_in("owner@example.com").text("/access_token");
    }
  }
  const auto count = other.query_now(tenant, {"test_count_projects", "SELECT count(*) FROM projects"});
  CHECK(count->get<int>(0, 0) == 0);
}

TEST_CASE_METHOD(elsewhere_fixture,
                 "a session that another process has ended reads and changes nothing, whatever the route does") {
  constexpr persistence::statement revive{"test_revive_sessions",
                                          "UPDATE sessions SET ended_at = NULL, ended_because = NULL"};
  int reading = 0;
  int writing = 0;
  for (const auto& route : door.table().routes()) {
    if (route.needs == domain::permission::public_) continue;
    INFO(http::server::to_string(route.method) << ' ' << route.path);
    change(end_sessions);
    CHECK(ask(route).status() == 401);
    REQUIRE(other.query_now(tenant, revive).has_value());
    ++(http::server::is_read(route.method) ? reading : writing);
  }
  CHECK(reading > 80);
  CHECK(writing > 80);
}

TEST_CASE_METHOD(elsewhere_fixture,
                 "a member promoted by another process has the rights with the next request, whose work is done once") {
  change(demote);
  CHECK(post("/projects", R"({"name":"A"})", token).status() == 403);
  CHECK(get("/auth/me", token).text("/member/role") == "analyst");
  REQUIRE(other.query_now(tenant, promote).has_value());
  CHECK(get("/auth/me", token).text("/member/role") == "owner");
  CHECK(get("/org/invites", token).status() == 200);
  REQUIRE(other.query_now(tenant, demote).has_value());
  CHECK(get("/org/invites", token).status() == 403);
  REQUIRE(other.query_now(tenant, promote).has_value());
  CHECK(post("/projects", R"({"name":"A"})", token).status() == 201);
  change(demote);
  REQUIRE(other.query_now(tenant, {"test_to_admin", "UPDATE members SET role = 'admin'"}).has_value());
  CHECK(post("/projects", R"({"name":"B"})", token).status() == 201);
  CHECK(get("/auth/me", token).text("/member/role") == "admin");
  CHECK(get("/projects", token).body.at("items").as_array().size() == 2);
}

TEST_CASE_METHOD(elsewhere_fixture,
                 "a token for scripts that another process has revoked is refused with the next request") {
  for (const auto* how : {&to_member, &revoke_tokens}) {
    for (const bool reads : {false, true}) {
      const auto made =
          post("/auth/tokens", R"({"name":"CI","scopes":["read_projects","manage_projects","read_audit"]})", token);
      INFO(made.raw.body);
      REQUIRE(made.status() == 201);
      const auto script = made.text("/token");
      REQUIRE(get("/projects", script).status() == 200);
      REQUIRE(other.query_now(tenant, *how).has_value());
      const auto refused =
          reads ? get("/audit/analytics/summary", script) : post("/projects", R"({"name":"B"})", script);
      CHECK(refused.status() == (how == &to_member ? 403 : 401));
      REQUIRE(other.query_now(tenant, undo_all).has_value());
    }
  }
}

TEST_CASE_METHOD(elsewhere_fixture, "an administrator demoted by another process is none with the next request") {
  REQUIRE(other.query_now(tenant, {"test_admin", "UPDATE members SET is_platform_admin = true"}).has_value());
  REQUIRE(get("/admin/stats", token).status() == 200);
  change({"test_no_admin", "UPDATE members SET is_platform_admin = false"});
  CHECK(get("/admin/stats", token).status() == 403);
}

TEST_CASE_METHOD(elsewhere_fixture, "access that another process has removed is gone with the next read") {
  const auto member = tests::join(*this, token, "member", "member");
  const auto member_id = *base::parse_uuid(get("/auth/me", member).text("/member/id"));
  const auto project = post("/projects", R"({"name":"Red"})", token).text("/id");
  const auto channel =
      post("/channels", R"({"project_id":")" + project + R"(","type":"website","name":"Site"})", token).text("/id");
  constexpr persistence::statement limit{"test_limit", "UPDATE members SET is_limited = true WHERE id = $1"};
  constexpr persistence::statement grant{"test_grant", R"sql(
    INSERT INTO member_grants (tenant_id, member_id, project_id, channel_ids, granted_at)
    VALUES (pulse_tenant(), $1, $2, $3::uuid[], '2026-11-22') ON CONFLICT (tenant_id, member_id, project_id)
    DO UPDATE SET channel_ids = excluded.channel_ids)sql"};
  constexpr persistence::statement withdraw{"test_withdraw", "DELETE FROM member_grants WHERE member_id = $1"};
  constexpr persistence::statement add_channel{"test_add_channel", R"sql(
    INSERT INTO channels (tenant_id, id, project_id, type, name, created_at, updated_at)
    VALUES (pulse_tenant(), $1, $2, 'x', 'Second', '2026-11-22', '2026-11-22'))sql"};
  const auto project_id = *base::parse_uuid(project);
  const std::vector<base::uuid> one_channel{*base::parse_uuid(channel)};
  const auto seen = [&](const std::string& path) { return get(path, member).body.at("items").as_array().size(); };

  CHECK(seen("/projects") == 1);
  REQUIRE(other.query_now(tenant, limit, member_id).has_value());
  CHECK(seen("/projects") == 0);
  REQUIRE(other.query_now(tenant, grant, member_id, project_id, std::nullopt).has_value());
  CHECK(seen("/projects") == 1);
  CHECK(seen("/channels") == 1);
  REQUIRE(other.query_now(tenant, grant, member_id, project_id, std::vector<base::uuid>{}).has_value());
  CHECK(seen("/channels") == 0);
  REQUIRE(other.query_now(tenant, grant, member_id, project_id, one_channel).has_value());
  CHECK(seen("/channels") == 1);
  const auto second = base::uuid_from_name("second");
  REQUIRE(other.query_now(tenant, add_channel, second, project_id).has_value());
  CHECK(get("/channels/" + base::to_string(second), member).status() == 404);
  CHECK(seen("/channels") == 1);
  REQUIRE(other.query_now(tenant, withdraw, member_id).has_value());
  CHECK(get("/projects/" + project, member).status() == 404);
}
