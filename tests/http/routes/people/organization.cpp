// Companies: invitations, changes of roles, and teams.
#include <catch2/catch.hpp>

#include "domain/people/session.hpp"
#include "http/routes/people/operator_acts.hpp"
#include "persistence/people/companies.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::people_fixture;

namespace {

struct company_fixture : people_fixture {
  answered owner = sign_up("owner@example.com");
  std::string token = owner.text("/access_token");

  /// Somebody who has come by invitation.
  answered join(const std::string& email, const std::string& role, const std::string& more = {}) {
    const auto invite = post("/org/invites", R"({"role":")" + role + "\"" + more + "}", token);
    return accept(invite.text("/code"), email);
  }
  answered accept(const std::string& code, const std::string& email) {
    return post("/org/invites/accept",
                R"({"code":")" + code + R"(","email":")" + email + R"(","password":")" + password + "\"}");
  }
  answered set_role(const std::string& id, const std::string& role, const std::string& by) {
    return put("/users/role", R"({"user_id":")" + id + R"(","role":")" + role + "\"}", by);
  }
  void suspend(bool is_suspended) {
    persistence::database login{{.url = database_url, .connections = 1, .as = persistence::role::login}};
    const auto id = *base::parse_uuid(owner.text("/company/id"));
    const auto done = login.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      const auto at = is_suspended ? std::optional{clock.now()} : std::nullopt;
      return persistence::companies::suspend(tx, id, at, is_suspended ? "unpaid" : "");
    });
    login.stop();
    REQUIRE(done.has_value());
  }
  /// Makes them an administrator of the installation, as whoever operates it does.
  void promote(const std::string& email) {
    persistence::database login{{.url = database_url, .connections = 1, .as = persistence::role::login}};
    const auto promoted = http::routes::promote_by_operator(login, email, clock.now());
    login.stop();
    REQUIRE(promoted.has_value());
    REQUIRE(*promoted == 1);
  }
  std::string make_team(const std::string& name) {
    return post("/org/teams", R"({"name":")" + name + "\"}", token).text("/id");
  }
};

std::string id_of(const answered& member) { return member.text("/member/id"); }
std::string token_of(const answered& member) { return member.text("/access_token"); }

}  // namespace

TEST_CASE("an invitation leads somebody into the company, as often as it says and no longer") {
  company_fixture front;
  const auto invite = front.post("/org/invites", R"({"role":"analyst"})", front.token);
  REQUIRE(invite.status() == 201);
  CHECK(invite.raw.find("cache-control") == "no-store");
  const auto code = invite.text("/code");
  CHECK(invite.text("/url") == "http://pulse.test/app/invite#code=" + code);
  const auto valid = front.get("/api/org/invites/validate/" + code);
  REQUIRE(valid.status() == 200);
  CHECK(valid.body.at("is_valid") == true);
  CHECK(valid.text("/company_name") == "Acme");
  CHECK(front.get("/org/invites/validate/" + code + "x").status() == 404);

  const auto joined = front.accept(code, "ann@example.com");
  REQUIRE(joined.status() == 201);
  CHECK(joined.text("/member/role") == "analyst");
  CHECK(joined.text("/company/id") == front.owner.text("/company/id"));
  CHECK(front.get("/projects", token_of(joined)).status() == 200);
  CHECK(front.accept(code, "bob@example.com").code() == "invite_over");
  CHECK(front.get("/org/invites/validate/" + code).body.at("is_valid") == false);
  CHECK(front.get("/org/members", front.token).body.at("items").as_array().size() == 2);
  CHECK(front.get("/org/invites", front.token).raw.body.find(code) == std::string::npos);
}

TEST_CASE("the last use of an invitation is one person's, however many come at once") {  // asvs: 2.3.4
  company_fixture front;
  const auto code = front.post("/org/invites", R"({"uses_max":2})", front.token).text("/code");
  std::vector<http::server::request> all;
  for (int i = 0; i < 6; ++i) {
    all.push_back(front.request(http::server::verb::post, "/org/invites/accept",
                                R"({"code":")" + code + R"(","email":"p)" + std::to_string(i) +
                                    R"(@example.com","password":")" + people_fixture::password + "\"}"));
  }
  int joined = 0;
  for (const auto& answer : front.answer_together(all)) joined += answer.status() == 201;
  CHECK(joined == 2);
  CHECK(front.get("/org/members", front.token).body.at("items").as_array().size() == 3);
}

TEST_CASE("an invitation ends when it is revoked or old, and one for an address is for it alone") {  // asvs: 6.4.1
  company_fixture front;
  const auto revoked = front.post("/org/invites", "{}", front.token);
  CHECK(front.remove("/org/invites/" + revoked.text("/id"), front.token).status() == 204);
  CHECK(front.remove("/org/invites/" + revoked.text("/id"), front.token).status() == 404);
  CHECK(front.accept(revoked.text("/code"), "ann@example.com").code() == "invite_over");
  const auto bound = front.post("/org/invites", R"({"email":"Ann@example.com"})", front.token).text("/code");
  CHECK(front.take_mails().size() == 1);
  CHECK(front.accept(bound, "bob@example.com").code() == "other_address");
  CHECK(front.accept(bound, "owner@example.com").code() == "other_address");
  const auto old = front.post("/org/invites", R"({"expires_in_days":1})", front.token).text("/code");
  front.clock.advance(std::chrono::hours{24});
  CHECK(front.accept(old, "ann@example.com").code() == "invite_over");
  CHECK(front.accept(bound, "ann@example.com").status() == 201);
  const auto fresh = front.log_in("owner@example.com").text("/access_token");
  const auto again = front.post("/org/invites", "{}", fresh).text("/code");
  CHECK(front.accept(again, "ann@example.com").code() == "already_member");
}

TEST_CASE("where mail is set up, the code of an address goes there alone, and proves it") {
  company_fixture front;
  front.services.is_mail_sent = true;
  const auto invite = front.post("/org/invites", R"({"email":"ann@example.com"})", front.token);
  REQUIRE(invite.status() == 201);
  CHECK_FALSE(invite.body.as_object().contains("code"));
  const auto mails = front.take_mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails[0].first == "ann@example.com");
  const auto begin = mails[0].second.find("#code=") + 6;
  const auto code = mails[0].second.substr(begin, mails[0].second.find('\n', begin) - begin);
  CHECK(front.accept(code, "ann@example.com").status() == 201);
  // A link that anybody may have proves no address.
  const auto open = front.post("/org/invites", "{}", front.token).text("/code");
  CHECK(front.accept(open, "bob@example.com").status() == 202);
  CHECK(front.log_in("bob@example.com").code() == "email_not_verified");
  CHECK(front.verify(front.token_of_mail()).text("/company/name") == "Acme");
}

TEST_CASE("nobody raises themselves or above themselves, and a role is in force with the next request") {
  company_fixture front;
  const auto admin = front.join("admin@example.com", "admin");
  const auto member = front.join("member@example.com", "member");
  CHECK(front.set_role(id_of(member), "admin", token_of(member)).status() == 403);
  CHECK(front.set_role(id_of(admin), "owner", token_of(admin)).code() == "own_role");
  CHECK(front.set_role(id_of(member), "owner", token_of(admin)).code() == "above_self");
  CHECK(front.set_role(id_of(front.owner), "member", token_of(admin)).code() == "above_self");
  CHECK(front.set_role(id_of(front.owner), "admin", front.token).code() == "own_role");
  CHECK(front.post("/projects", R"({"name":"A"})", token_of(member)).status() == 403);
  CHECK(front.set_role(id_of(member), "admin", token_of(admin)).status() == 200);
  CHECK(front.post("/projects", R"({"name":"A"})", token_of(member)).status() == 201);
  CHECK(front.set_role(id_of(member), "analyst", front.token).status() == 200);
  CHECK(front.post("/projects", R"({"name":"B"})", token_of(member)).status() == 403);
  const auto stranger = front.sign_up("stranger@example.com", "Other");
  CHECK(front.set_role(id_of(member), "admin", token_of(stranger)).status() == 404);
}

TEST_CASE("a deactivated member is out at once, and may be let in again") {  // asvs: 7.4.2 7.4.5
  company_fixture front;
  const auto member = front.join("member@example.com", "member");
  CHECK(front.get("/projects", token_of(member)).status() == 200);
  CHECK(front.remove("/org/members/" + id_of(front.owner), token_of(member)).status() == 409);
  CHECK(front.remove("/org/members/" + id_of(member), front.token).status() == 204);
  CHECK(front.get("/projects", token_of(member)).status() == 401);
  CHECK(front.refresh(member.text("/refresh_token")).status() == 401);
  CHECK(front.log_in("member@example.com").status() == 401);
  CHECK(front.post("/org/members/" + id_of(member) + "/reactivate", "", front.token).status() == 204);
  CHECK(front.get("/projects", token_of(member)).status() == 401);
  CHECK(front.log_in("member@example.com").status() == 200);
}

TEST_CASE("the last owner stays, also when two owners leave at the same moment") {
  company_fixture front;
  CHECK(front.remove("/org/members/" + id_of(front.owner), front.token).code() == "last_owner");
  for (int round = 0; round < 20; ++round) {
    const auto other = front.join("other" + std::to_string(round) + "@example.com", "admin");
    REQUIRE(front.set_role(id_of(other), "owner", front.token).status() == 200);
    const auto answers = front.answer_together(
        {front.with_token(front.request(http::server::verb::delete_, "/org/members/" + id_of(other)), token_of(other)),
         front.with_token(front.request(http::server::verb::delete_, "/org/members/" + id_of(front.owner)),
                          front.token)});
    CHECK((answers[0].status() == 204) + (answers[1].status() == 204) == 1);
    if (answers[1].status() != 204) continue;
    // The first owner has gone: the other one lets them in again.
    REQUIRE(front.post("/org/members/" + id_of(front.owner) + "/reactivate", "", token_of(other)).status() == 204);
    front.token = front.log_in("owner@example.com").text("/access_token");
    REQUIRE(front.remove("/org/members/" + id_of(other), front.token).status() == 204);
  }
}

TEST_CASE("an owner makes somebody else the owner, and is an admin then") {
  company_fixture front;
  const auto member = front.join("member@example.com", "member");
  const auto body = R"({"user_id":")" + id_of(member) + "\"}";
  CHECK(front.post("/org/owner", body, token_of(member)).status() == 403);
  CHECK(front.post("/org/owner", body, front.token).status() == 204);
  CHECK(front.get("/auth/me", token_of(member)).text("/member/role") == "owner");
  CHECK(front.get("/auth/me", front.token).text("/member/role") == "admin");
  CHECK(front.post("/org/owner", body, front.token).status() == 403);
}

TEST_CASE("teams have a name of their own, members, and leaders who invite into their own") {
  company_fixture front;
  const auto red = front.make_team("Red");
  const auto blue = front.make_team("Blue");
  CHECK(front.post("/org/teams", R"({"name":"RED"})", front.token).code() == "name_taken");
  const auto leader = front.join("leader@example.com", "team_leader", R"(,"team_id":")" + red + "\"");
  const auto by_leader = token_of(leader);
  CHECK(front.put("/org/teams/" + red, R"({"name":"Crimson"})", by_leader).text("/name") == "Crimson");
  CHECK(front.put("/org/teams/" + blue, R"({"name":"Navy"})", by_leader).code() == "other_team");
  const auto invite = front.post("/org/teams/" + red + "/invite", "{}", by_leader);
  REQUIRE(invite.status() == 201);
  CHECK(front.post("/org/teams/" + blue + "/invite", "{}", by_leader).code() == "other_team");
  CHECK(front.post("/org/teams/" + red + "/invite", R"({"role":"admin"})", by_leader).code() == "above_self");
  CHECK(front.post("/org/invites", "{}", by_leader).code() == "other_team");
  // An owner reads how somebody becomes one, not that it is above an owner.
  CHECK(front.post("/org/invites", R"({"role":"owner"})", front.token).code() == "owner_invited");
  CHECK(front.accept(invite.text("/code"), "ann@example.com").status() == 201);
  const auto teams = front.get("/org/teams", by_leader).body.at("items").as_array();
  REQUIRE(teams.size() == 2);
  CHECK(teams[1].at("name") == "Crimson");
  CHECK(teams[1].at("members") == 2);

  const auto assign = [&](const std::string& team) {
    return front.put("/org/teams/members/" + id_of(leader) + "/team", R"({"team_id":)" + team + "}", front.token);
  };
  CHECK(assign("\"" + blue + "\"").status() == 204);
  CHECK(front.post("/org/teams/" + red + "/invite", "{}", by_leader).code() == "other_team");
  CHECK(assign("null").status() == 204);
  CHECK(assign("\"" + base::to_string(base::uuid_from_name("no team")) + "\"").status() == 422);
  CHECK(front.remove("/org/teams/" + red, front.token).status() == 204);
  CHECK(front.remove("/org/teams/" + red, front.token).status() == 404);
  CHECK(front.get("/org/members", front.token).body.at("items").as_array().size() == 3);
}

TEST_CASE("everybody has a profile of their own") {
  company_fixture front;
  CHECK(front.get("/users/profile", front.token).text("/email") == "owner@example.com");
  const auto changed = front.put("/api/users/profile", R"({"markdown":"I **like** maps.","tone":"warm"})", front.token);
  CHECK(changed.text("/markdown") == "I **like** maps.");
  CHECK(changed.text("/full_name") == "owner");
  CHECK(front.put("/users/profile", R"({"full_name":"  "})", front.token).status() == 422);
  CHECK(front.get("/users/profile", front.token).text("/tone") == "warm");
}

TEST_CASE("the platform's administrator sees all companies, suspends one and lets it go on; nobody else does") {
  company_fixture front;
  const auto admin = front.sign_up("root@example.com", "Operators");
  CHECK(front.get("/admin/orgs", token_of(admin)).status() == 403);
  front.promote("root@example.com");
  front.door.known().forget(*base::parse_uuid(id_of(admin)));

  const auto root = token_of(admin);
  const auto company = front.owner.text("/company/id");
  CHECK(front.get("/admin/orgs", root).body.at("items").as_array().size() == 2);
  CHECK(front.get("/admin/orgs?limit=1", root).body.at("items").as_array().size() == 1);
  const auto seen = front.get("/admin/orgs/" + company, root);
  CHECK(seen.text("/org/name") == "Acme");
  CHECK(seen.text("/people/0/email") == "owner@example.com");
  CHECK(front.get("/admin/stats", root).body.at("companies") == 2);
  CHECK(front.get("/admin/orgs/" + base::to_string(base::uuid_from_name("none")), root).status() == 404);

  CHECK(front.get("/projects", front.token).status() == 200);
  const auto suspended = front.post("/admin/orgs/" + company + "/suspend", R"({"reason":"unpaid"})", root);
  REQUIRE(suspended.status() == 200);
  CHECK(suspended.text("/suspended_because") == "unpaid");
  CHECK(front.get("/projects", front.token).code() == "company_suspended");
  CHECK(front.log_in("owner@example.com").code() == "company_suspended");
  CHECK(front.post("/admin/orgs/" + admin.text("/company/id") + "/suspend", R"({"reason":"x"})", root).code() ==
        "own_company");
  CHECK(front.post("/admin/orgs/" + company + "/resume", "", root).status() == 200);
  const auto me = front.get("/auth/me", front.token);
  CHECK(me.status() == 200);
  CHECK(me.body.at_pointer("/company/paused_at").is_null());
  CHECK(front.get("/admin/stats", front.token).status() == 403);
}

TEST_CASE("the installation's figures count those who were there lately among its members") {
  company_fixture front;
  const auto root = token_of(front.sign_up("root@example.com", "Operators"));
  front.promote("root@example.com");
  const auto ann = front.join("ann@example.com", "member");
  const auto bob = front.join("bob@example.com", "member");
  const auto check_both = [&](int members) {
    const auto shown = front.get("/admin/stats", root).body;
    CHECK(shown.at("members") == members);
    CHECK(shown.at("members_active_lately") == members);
  };
  check_both(4);
  // They were there lately and are members no more.
  REQUIRE(front.remove("/org/members/" + id_of(ann), front.token).status() == 204);
  REQUIRE(front.remove("/org/members/" + id_of(bob), front.token).status() == 204);
  REQUIRE(front.post("/org/members/" + id_of(bob) + "/erase", "", front.token).status() == 204);
  check_both(2);
  // A second session makes nobody a second member.
  front.log_in("owner@example.com");
  check_both(2);
}

TEST_CASE("nobody joins a company that is suspended or gets a session there, whatever they hold of it") {
  company_fixture front;
  const auto code = front.post("/org/invites", "{}", front.token).text("/code");
  front.take_mails();
  REQUIRE(front.post("/auth/password/forgot", R"({"email":"owner@example.com"})").status() == 204);
  const auto link = front.token_of_mail();
  front.suspend(true);

  CHECK(front.accept(code, "ann@example.com").code() == "company_suspended");
  const auto resetting = R"({"token":")" + link + R"(","password":"another horse battery"})";
  CHECK(front.post("/auth/password/reset", resetting).code() == "company_suspended");

  front.suspend(false);
  CHECK(front.get("/org/members", front.token).body.at("items").as_array().size() == 1);
  CHECK(front.accept(code, "ann@example.com").status() == 201);
  CHECK(front.post("/auth/password/reset", resetting).status() == 200);
}

TEST_CASE(
    "a session of a suspended company is told so when it is renewed, and goes on with the same token afterwards") {
  company_fixture front;
  const auto refused_in_body = [&](const std::string& refresh_token) {
    const auto refused = front.refresh(refresh_token);
    CHECK(refused.status() == 403);
    CHECK(refused.code() == "company_suspended");
    CHECK(refused.text("/detail") == front.log_in("owner@example.com").text("/detail"));
    CHECK_FALSE(refused.body.as_object().contains("access_token"));
  };
  const auto first = front.owner.text("/refresh_token");
  front.suspend(true);
  refused_in_body(first);
  refused_in_body(first);
  // Longer than a lost reply is forgiven: a token that the refusal had used up would end its session now.
  front.clock.advance(domain::lost_reply_grace + std::chrono::seconds{1});
  refused_in_body(first);
  front.suspend(false);
  const auto second = front.refresh(first);
  REQUIRE(second.status() == 200);
  CHECK(front.get("/auth/me", second.text("/access_token")).status() == 200);

  // A successor that was given before is not given again either.
  front.suspend(true);
  refused_in_body(first);
  front.suspend(false);
  CHECK(front.refresh(first).text("/refresh_token") == second.text("/refresh_token"));
}

TEST_CASE("what waits for somebody who is deactivated goes to a successor, and what they have done stays theirs") {
  company_fixture front;
  const auto ann = front.join("ann@example.com", "member");
  const auto bob = front.join("bob@example.com", "member");
  const auto eve = front.join("eve@example.com", "analyst");
  const auto project = front.post("/projects", R"({"name":"A"})", front.token).text("/id");
  front.post("/channels", R"({"project_id":")" + project + R"(","type":"website","name":"Site"})", front.token);
  const auto item =
      front.post("/content", R"({"project_id":")" + project + R"(","text":"B"})", token_of(ann)).text("/id");
  const auto policy = [&] {
    return boost::json::serialize(front.get("/projects/" + project + "/guardrails", front.token).body);
  };
  REQUIRE(front
              .put("/projects/" + project + "/guardrails",
                   R"({"approval":{"steps":[{"name":"Editors","approvers":{"member_ids":[")" + id_of(ann) + "\"]}}]}}",
                   front.token)
              .status() == 200);
  CHECK(front.remove("/org/members/" + id_of(ann) + "?successor_id=" + id_of(eve), front.token).status() == 422);
  CHECK(front.remove("/org/members/" + id_of(ann) + "?successor_id=" + id_of(ann), front.token).status() == 422);
  REQUIRE(front.remove("/org/members/" + id_of(ann) + "?successor_id=" + id_of(bob), front.token).status() == 204);
  CHECK(policy().find(id_of(bob)) != std::string::npos);
  CHECK(policy().find(id_of(ann)) == std::string::npos);
  CHECK(front.get("/content/" + item, front.token).text("/author_id") == id_of(bob));
  // Whoever leaves without a word leaves it to the owner.
  REQUIRE(front.remove("/org/members/" + id_of(bob), token_of(bob)).status() == 204);
  CHECK(front.get("/content/" + item, front.token).text("/author_id") == id_of(front.owner));
}

TEST_CASE("the list of people says where each has connected a login of their own, and whether it is still good") {
  company_fixture front;
  const auto ann = front.join("ann@example.com", "member");
  constexpr persistence::statement connect{"test_connect_login", R"sql(
    INSERT INTO social_accounts (tenant_id, id, platform, external_user_id, name, scope, access_token, connected_by, purpose, needs_reconnect,
                                 created_at, updated_at)
    SELECT tenant_id, gen_random_uuid(), platform, 'ann ' || platform, 'Ann', '', '', id, purpose, platform = 'meta', created_at, created_at
    FROM members, (VALUES ('linkedin', 'engage'), ('meta', 'engage'), ('x', 'publish')) AS l (platform, purpose) WHERE id = $1::uuid)sql"};
  persistence::database login{{.url = front.database_url, .connections = 1, .as = persistence::role::login}};
  REQUIRE(login.query_now(std::nullopt, connect, id_of(ann)).has_value());
  login.stop();
  const auto listed = front.get("/org/members", token_of(ann));
  REQUIRE(listed.status() == 200);
  for (const auto& each : listed.body.at("items").as_array()) {
    const auto& integrations = each.at("integrations").as_array();
    if (each.at("email") != "ann@example.com") {
      CHECK(integrations.empty());
      continue;
    }
    REQUIRE(integrations.size() == 2);
    CHECK(integrations[0].at("provider") == "linkedin");
    CHECK(integrations[0].at("needs_reconnect") == false);
    CHECK(integrations[1].at("provider") == "meta");
    CHECK(integrations[1].at("needs_reconnect") == true);
  }
  CHECK(listed.raw.body.find("Ann\"") == std::string::npos);  // whose login it is stays theirs
}
