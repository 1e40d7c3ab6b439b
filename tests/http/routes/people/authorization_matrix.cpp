// The authorization matrix, derived from the route table: every route for every caller, on objects of their own, of
// another company, and of nobody.
#include <algorithm>

#include <catch2/catch.hpp>

#include "http/auth/api_tokens.hpp"
#include "tests/http/routes/people/authorization_fixture.hpp"

using namespace pulse;
using namespace pulse::tests::matrix;
using domain::permission;
using http::server::verb;

namespace {

constexpr role roles[] = {role::owner, role::admin, role::team_leader, role::member, role::analyst};

}  // namespace

const std::vector<row>& pulse::tests::matrix::rows() {
  static const std::vector<row> all = {
      {"DELETE /auth/identities/{id}", {"identity"}},
      {"DELETE /auth/passkeys/{id}", {"passkey"}},
      {"PUT /auth/passkeys/{id}", {"passkey"}, R"({"name":"Another"})"},
      {"DELETE /auth/sessions/{id}", {"session"}},
      {"DELETE /auth/tokens/{id}", {"token"}},
      {"DELETE /automation/avoid-phrases/{id}", {"phrase"}},
      {"DELETE /automation/webhooks/{id}", {"webhook"}},
      {"POST /automation/webhooks/{id}/test", {"webhook"}},
      {"DELETE /automation/company-webhooks/{id}", {"company_webhook"}},
      {"POST /automation/company-webhooks/{id}/test", {"company_webhook"}},
      {"GET /channels/{id}", {"channel"}},
      {"PATCH /channels/{id}", {"channel"}, R"({"name":"Another"})"},
      {"DELETE /channels/{id}", {"channel"}},
      {"DELETE /channels/*/connections/{id}", {"connection"}},
      {"DELETE /calendar/feeds/{id}", {"feed"}},
      {"POST /channels/{id}/pause", {"channel"}},
      {"GET /channels/{id}/webhook", {"channel"}},
      {"PUT /channels/{id}/webhook", {"channel"}, R"({"address":"https://example.org/hook"})"},
      {"POST /channels/{id}/webhook/test", {"channel"}},
      {"DELETE /channels/{id}/webhook", {"channel"}},
      {"GET /media/{id}", {"medium"}},
      {"GET /media/{id}/uses", {"medium"}},
      {"PATCH /media/{id}", {"medium"}, R"({"alt_text":"Another"})"},
      {"DELETE /media/{id}", {"medium"}},
      {"GET /media/uploads/{id}", {"upload"}},
      {"PATCH /media/uploads/{id}", {"upload"}},
      {"DELETE /media/uploads/{id}", {"upload"}},
      {"POST /channels/{id}/resume", {"channel"}},
      {"GET /deliveries/{id}", {"delivery"}},
      {"POST /deliveries/{id}/resolve", {"delivery"}, R"({"decision":"give_up"})"},
      {"POST /deliveries/{id}/retry", {"delivery"}},
      {"GET /posts/{id}", {"post"}},
      {"GET /posts/{id}/explain", {"post"}},
      {"GET /posts/{id}/publications", {"post"}},
      {"GET /posts/{id}/metrics", {"post"}},
      {"PUT /provider-apps/{provider}", {"word:x"}, R"({"client_id":"own","client_secret":"secret"})"},
      {"DELETE /provider-apps/{provider}", {"word:x"}},
      {"POST /deliveries/{id}/edit", {"delivery"}, R"({"text":"Other words"})"},
      {"GET /posts/{id}/timeline", {"post"}},
      {"POST /posts/{id}/preflight", {"post"}},
      {"PATCH /posts/{id}", {"post"}, R"({"title":"Another"})"},
      {"DELETE /posts/{id}", {"post"}},
      {"POST /posts/{id}/schedule", {"post"}, R"({"scheduled_at":"2030-01-01T00:00:00Z"})"},
      {"POST /posts/{id}/publish-now", {"post"}},
      {"POST /posts/{id}/cancel", {"post"}},
      {"POST /posts/{id}/retry", {"post"}},
      {"GET /projects/{id}", {"project"}},
      {"PATCH /projects/{id}", {"project"}, R"({"description":"Another"})"},
      {"POST /projects/{id}/pause", {"project"}},
      {"POST /projects/{id}/resume", {"project"}},
      {"POST /projects/{id}/simulate", {"project"}, "{}"},
      {"PUT /rate-limits/{platform}/{scope}", {"word:x", "word:account"}, R"({"posts":10,"window_seconds":3600})"},
      {"DELETE /rate-limits/{platform}/{scope}", {"word:x", "word:account"}},
      {"PUT /retry-policies/{channel_type}", {"word:x"}, R"({"max_attempts":3})"},
      {"DELETE /retry-policies/{channel_type}", {"word:x"}},
      {"DELETE /org/invites/{id}", {"invite"}},
      {"DELETE /org/members/{id}", {"member"}},
      {"POST /org/members/{id}/reactivate", {"member"}},
      {"POST /org/members/{id}/erase", {"member"}},
      {"DELETE /org/members/{id}/second-factor", {"member"}},
      {"GET /org/members/{id}/access", {"member"}},
      {"PUT /org/members/{id}/access", {"member"}, R"({"is_limited":true})"},
      {"PUT /org/teams/{id}", {"team"}, R"({"name":"Another"})"},
      {"DELETE /org/teams/{id}", {"team"}},
      {"POST /org/teams/{id}/invite", {"team"}, "{}"},
      {"PUT /org/teams/members/{user_id}/team", {"member"}, R"({"team_id":null})"},
      {"GET /website/publications/{id}", {"publication"}},
      {"PATCH /website/publications/{id}", {"publication"}, R"({"text":"Another"})"},
      {"DELETE /website/publications/{id}", {"publication"}},
      {"GET /campaigns/{id}", {"campaign"}},
      {"PATCH /campaigns/{id}", {"campaign"}, R"({"goal":"Another"})"},
      {"DELETE /campaigns/{id}", {"campaign"}},
      {"POST /campaigns/{id}/activate", {"campaign"}},
      {"POST /campaigns/{id}/pause", {"campaign"}},
      {"POST /campaigns/{id}/complete", {"campaign"}},
      {"GET /campaigns/{id}/summary", {"campaign"}},
      {"GET /templates/{id}", {"template"}},
      {"GET /templates/{id}/versions", {"template"}},
      {"PATCH /templates/{id}", {"template"}, R"({"title":"Another"})"},
      {"DELETE /templates/{id}", {"template"}},
      {"POST /templates/{id}/preview", {"template"}, "{}"},
      {"GET /content/{id}", {"content"}},
      {"GET /content/{id}/versions", {"content"}},
      {"PATCH /content/{id}", {"content"}, R"({"title":"Another"})"},
      {"DELETE /content/{id}", {"content"}},
      {"POST /content/{id}/regenerate", {"content"}, "{}"},
      {"POST /content/{id}/submit", {"content"}, R"({"version":1})"},
      {"POST /content/{id}/approve", {"content"}, R"({"version":1})"},
      {"POST /content/{id}/reject", {"content"}, R"({"version":1,"reason":"No"})"},
      {"GET /content/{id}/approval", {"content"}},
      {"POST /content/{id}/comments", {"content"}, R"({"text":"Good"})"},
      {"GET /content/{id}/comments", {"content"}},
      {"DELETE /content/{id}/comments/{comment_id}", {"content", "comment"}},
      {"POST /content/{id}/schedule", {"content"}, R"({"scheduled_at":"2026-12-24T10:00:00Z"})"},
      {"POST /content/{id}/publish-now", {"content"}, "{}"},
      {"POST /content/{id}/check", {"content"}, R"({"scheduled_at":"2026-12-24T10:00:00Z"})"},
      {"POST /content/{id}/review-links", {"content"}, R"({"name":"Client"})"},
      {"GET /content/{id}/review-links", {"content"}},
      {"DELETE /content/{id}/review-links/{link_id}", {"content", "link"}},
      {"GET /projects/{id}/guardrails", {"project"}},
      {"PUT /projects/{id}/guardrails", {"project"}, "{}"},
      {"GET /projects/{id}/guardrails/held", {"project"}},
      {"POST /projects/{id}/guardrails/check", {"project"}, R"({"text":"A","at":"2026-12-24T10:00:00Z"})"},
      {"GET /automation/rules/{id}", {"rule"}},
      {"PATCH /automation/rules/{id}", {"rule"}, R"({"name":"Another"})"},
      {"DELETE /automation/rules/{id}", {"rule"}},
      {"GET /automation/rules/{id}/versions", {"rule"}},
      {"POST /automation/rules/{id}/enable", {"rule"}},
      {"POST /automation/rules/{id}/disable", {"rule"}},
      {"POST /automation/rules/{id}/run-now", {"rule"}},
      {"POST /automation/rules/{id}/dry-run", {"rule"}, "{}"},
      {"GET /automation/runs/{id}", {"run"}},
      {"GET /automation/runs/{id}/events", {"run"}},
      {"POST /automation/runs/{id}/cancel", {"run"}},
      {"POST /automation/runs/{id}/retry", {"run"}},
      {"GET /tracked-pages/{id}", {"tracked_page"}},
      {"PATCH /tracked-pages/{id}", {"tracked_page"}, R"({"name":"Another"})"},
      {"DELETE /tracked-pages/{id}", {"tracked_page"}},
      {"GET /tracked-pages/{id}/posts", {"tracked_page"}},
      {"POST /tracked-pages/{id}/posts", {"tracked_page"}, R"({"url":"urn:li:activity:71"})"},
      {"POST /tracked-pages/{id}/poll", {"tracked_page"}},
      {"GET /tracked-pages/{id}/poll-status", {"tracked_page"}},
      {"GET /tracked-pages/{id}/subscribe", {"following"}},
      {"POST /tracked-pages/{id}/subscribe", {"tracked_page"}},
      {"PUT /tracked-pages/{id}/subscribe", {"tracked_page"}, R"({"likes":true})"},
      {"DELETE /tracked-pages/{id}/subscribe", {"tracked_page"}},
      {"GET /tracked-posts/{id}", {"tracked_post"}},
      {"GET /engagements/{id}", {"engagement"}},
      {"GET /engagements/{id}/explain", {"engagement"}},
      {"POST /engagements/{id}/confirm", {"engagement"}},
      {"POST /engagements/{id}/edit", {"engagement"}, R"({"reaction":"praise"})"},
      {"POST /engagements/{id}/skip", {"engagement"}},
      {"GET /admin/orgs/{id}", {"company"}},
      {"POST /admin/orgs/{id}/suspend", {"company"}, R"({"reason":"x"})"},
      {"POST /admin/orgs/{id}/resume", {"company"}},
  };
  return all;
}

TEST_CASE("every route with parameters has its row in the matrix, and every row its route") {
  tests::front_door_fixture front;
  std::vector<std::string> without_row;
  std::vector<std::string> known;
  for (const auto& one : front.door.table().routes()) {
    known.push_back(name_of(one));
    if (one.needs == permission::public_ || one.path_parameters.empty()) continue;
    if (row_of(one) == nullptr) without_row.push_back(name_of(one));
  }
  CHECK(without_row == std::vector<std::string>{});
  for (const auto& one : rows()) {
    INFO(one.route);
    CHECK(std::any_of(known.begin(), known.end(), [&](const auto& name) { return is_row_of(one.route, name); }));
  }
}

TEST_CASE("whoever is not let in gets nothing from any route") {  // asvs: 8.3.1 9.2.2
  matrix_fixture front;
  auto expired_clock = front.clock.now() - std::chrono::hours{1};
  const auto expired =
      front.tokens.sign({*base::parse_uuid(front.own["company"]), *base::parse_uuid(front.own["member"]),
                         *base::parse_uuid(front.own["session"])},
                        expired_clock);
  for (const auto& one : front.door.table().routes()) {
    if (one.needs == permission::public_) continue;
    INFO(name_of(one));
    CHECK(front.answer(front.ask(one, front.own, "")).status() == 401);
    CHECK(front.answer(front.ask(one, front.own, expired)).code() == "expired_token");
    CHECK(front.answer(front.ask(one, front.own, front.refresh_token)).status() == 401);
    CHECK(front.answer(front.ask(one, front.own, front.deactivated)).status() == 401);
    CHECK(front.answer(front.ask(one, front.own, front.suspended)).code() == "company_suspended");
  }
}

TEST_CASE("a role without the permission gets 403 whatever it asks for, and learns nothing of what is there") {
  matrix_fixture front;  // asvs: 8.2.1
  for (const auto& one : front.door.table().routes()) {
    if (one.needs == permission::public_) continue;
    INFO(name_of(one));
    for (const auto as : roles) {
      if (domain::allows(as, one.needs)) continue;
      INFO(base::to_name(as));
      const auto own = front.answer(front.ask(one, front.own, front.tokens_of[as]));
      const auto foreign = front.answer(front.ask(one, front.foreign, front.tokens_of[as]));
      const auto missing = front.answer(front.ask(one, front.missing, front.tokens_of[as]));
      CHECK(own.status() == 403);
      CHECK(without(own.raw.body, front.own) == without(missing.raw.body, front.missing));
      CHECK(without(foreign.raw.body, front.foreign) == without(missing.raw.body, front.missing));
    }
  }
}

TEST_CASE("what is another company's answers byte for byte like what is nobody's, for every role and route") {
  matrix_fixture front;  // asvs: 8.2.2 8.4.1
  for (const auto& one : front.door.table().routes()) {
    const auto* known = row_of(one);
    if (one.needs == permission::public_ || known == nullptr || !names_a_thing(*known)) continue;
    if (one.needs == permission::administer_platform) continue;
    INFO(name_of(one));
    for (const auto as : roles) {
      if (!domain::allows(as, one.needs)) continue;
      INFO(base::to_name(as));
      const auto foreign = front.answer(front.ask(one, front.foreign, front.tokens_of[as]));
      const auto missing = front.answer(front.ask(one, front.missing, front.tokens_of[as]));
      CHECK(foreign.status() >= 400);
      CHECK(foreign.status() < 500);
      CHECK(foreign.status() == missing.status());
      CHECK(without(foreign.raw.body, front.foreign) == without(missing.raw.body, front.missing));
    }
    const auto by_admin = front.answer(front.ask(one, front.own, front.platform_admin));
    const auto nothing = front.answer(front.ask(one, front.missing, front.platform_admin));
    CHECK(by_admin.status() == nothing.status());
  }
}

TEST_CASE("what was deleted answers byte for byte like what never was, for every role and route") {
  matrix_fixture front;  // asvs: 8.2.2
  const auto owner = front.tokens_of[role::owner];
  // What hangs on something else is deleted after it: whatever is refused is tried again behind the others.
  std::map<std::string, std::string, std::less<>> left;  // by kind, the address
  for (const auto& one : rows()) {
    if (!one.route.starts_with("DELETE ") || !one.route.ends_with("/{id}") || one.kinds.size() != 1) continue;
    const std::string kind{one.kinds.front()};
    // A member is deactivated, and stays; the session is the one that asks.
    if (kind == "member" || kind == "session" || !front.own.contains(kind)) continue;
    left[kind] = std::string{one.route.substr(7, one.route.size() - 7 - 4)} + front.own[kind];
  }
  const auto first = left;
  for (bool is_less = true; is_less && !left.empty();)
    is_less = std::erase_if(left, [&](const auto& one) { return front.remove(one.second, owner).status() == 204; }) > 0;
  REQUIRE(left.empty());
  int seen = 0;
  for (const auto& one : front.door.table().routes()) {
    const auto* known = row_of(one);
    if (one.needs == permission::public_ || known == nullptr || !first.contains(known->kinds.front())) continue;
    // What hung on it (a channel's webhook, a page's subscription) may still be taken away.
    if (one.method == verb::delete_ && !one.path.ends_with("/{id}")) continue;
    INFO(name_of(one));
    for (const auto as : roles) {
      if (!domain::allows(as, one.needs)) continue;
      INFO(base::to_name(as));
      const auto deleted = front.answer(front.ask(one, front.own, front.tokens_of[as]));
      const auto missing = front.answer(front.ask(one, front.missing, front.tokens_of[as]));
      CHECK(deleted.status() >= 400);
      CHECK(deleted.status() == missing.status());
      CHECK(without(deleted.raw.body, front.own) == without(missing.raw.body, front.missing));
      ++seen;
    }
  }
  CHECK(seen >= 100);
}

TEST_CASE("a team leader changes nothing of another team of the company") {
  matrix_fixture front;  // asvs: 8.2.2
  const auto owner = front.tokens_of[role::owner];
  const auto leader = front.get("/auth/me", front.tokens_of[role::team_leader]).text("/member/id");
  const auto own_team = front.post("/org/teams", R"({"name":"Their own"})", owner).text("/id");
  REQUIRE(front.put("/org/teams/members/" + leader + "/team", R"({"team_id":")" + own_team + "\"}", owner).status() ==
          204);
  auto theirs = front.own;
  theirs["team"] = own_team;
  int seen = 0;
  for (const auto& one : front.door.table().routes()) {
    const auto* known = row_of(one);
    if (known == nullptr || one.method == verb::get) continue;
    if (std::find(known->kinds.begin(), known->kinds.end(), "team") == known->kinds.end()) continue;
    INFO(name_of(one));
    const auto by_leader = front.tokens_of[role::team_leader];
    const auto others = front.answer(front.ask(one, front.own, by_leader));
    CHECK(others.status() == 403);
    if (!domain::allows(role::team_leader, one.needs)) continue;
    CHECK(others.code() == "other_team");
    CHECK(front.answer(front.ask(one, theirs, by_leader)).status() < 300);
    ++seen;
  }
  CHECK(seen >= 1);
}

TEST_CASE("what is one's own is found, by every role that may, wherever reading is all that happens") {
  matrix_fixture front;
  int seen = 0;
  for (const auto& one : front.door.table().routes()) {
    if (one.needs == permission::public_ || one.method != verb::get) continue;
    const auto* known = row_of(one);
    if (one.needs == permission::administer_platform || known == nullptr || !names_a_thing(*known)) continue;
    if (!front.own.contains(known->kinds.front())) continue;
    INFO(name_of(one));
    for (const auto as : roles) {
      if (!domain::allows(as, one.needs)) continue;
      INFO(base::to_name(as));
      CHECK(front.answer(front.ask(one, front.own, front.tokens_of[as])).status() == 200);
      ++seen;
    }
    CHECK(front.answer(front.ask(one, front.own, front.stranger)).status() == 404);
  }
  CHECK(seen >= 30);
}

TEST_CASE(
    "a token without the scope gets 403 from every route, and one for another project finds nothing of this one") {
  matrix_fixture front;
  const auto owner = front.tokens_of[role::owner];
  const auto elsewhere = front.post("/projects", R"({"name":"Elsewhere"})", owner).text("/id");
  for (const auto& one : front.door.table().routes()) {
    if (one.needs == permission::public_) continue;
    INFO(name_of(one));
    const std::string other{one.needs == permission::read_posts ? "read_channels" : "read_posts"};
    const auto unfit = front.post("/auth/tokens", R"({"name":"t","scopes":[")" + other + "\"]}", owner);
    REQUIRE(unfit.status() == 201);
    CHECK(front.answer(front.ask(one, front.own, unfit.text("/token"))).status() == 403);
    front.remove("/auth/tokens/" + unfit.text("/details/id"), owner);
    const auto* known = row_of(one);
    if (!http::is_scope_of_projects(one.needs) || known == nullptr || !names_a_thing(*known)) continue;
    if (known->kinds.front() == "member") continue;  // people belong to no project
    const auto limited = front.post("/auth/tokens",
                                    R"({"name":"t","scopes":[")" + std::string{base::to_name(one.needs)} +
                                        R"("],"project_ids":[")" + elsewhere + "\"]}",
                                    owner);
    REQUIRE(limited.status() == 201);
    const auto not_granted = front.answer(front.ask(one, front.own, limited.text("/token")));
    const auto missing = front.answer(front.ask(one, front.missing, limited.text("/token")));
    CHECK(not_granted.status() >= 400);
    CHECK(not_granted.status() == missing.status());
    CHECK(without(not_granted.raw.body, front.own) == without(missing.raw.body, front.missing));
    front.remove("/auth/tokens/" + limited.text("/details/id"), owner);
  }
}

TEST_CASE("a member whose access is limited finds nothing of another project, and does nothing beyond projects") {
  matrix_fixture front;
  const auto owner = front.tokens_of[role::owner];
  const auto elsewhere = front.post("/projects", R"({"name":"Elsewhere"})", owner).text("/id");
  for (const auto as : {role::team_leader, role::member, role::analyst}) {
    const auto id = front.get("/auth/me", front.tokens_of[as]).text("/member/id");
    REQUIRE(front
                .put("/org/members/" + id + "/access",
                     R"({"is_limited":true,"grants":[{"project_id":")" + elsewhere + R"("}]})", owner)
                .status() == 200);
  }
  for (const auto& one : front.door.table().routes()) {
    const auto* known = row_of(one);
    if (one.needs == permission::public_ || known == nullptr || !names_a_thing(*known)) continue;
    if (!http::is_scope_of_projects(one.needs) && one.needs != permission::decide_content &&
        one.needs != permission::override_guardrails)
      continue;
    if (known->kinds.front() == "member") continue;  // people belong to no project
    INFO(name_of(one));
    for (const auto as : {role::team_leader, role::member, role::analyst}) {
      if (!domain::allows(as, one.needs)) continue;
      INFO(base::to_name(as));
      const auto not_granted = front.answer(front.ask(one, front.own, front.tokens_of[as]));
      const auto missing = front.answer(front.ask(one, front.missing, front.tokens_of[as]));
      CHECK(not_granted.status() >= 400);
      CHECK(not_granted.status() == missing.status());
      CHECK(without(not_granted.raw.body, front.own) == without(missing.raw.body, front.missing));
    }
  }
  for (const auto& one : front.door.table().routes()) {
    if (one.needs == permission::public_ || !http::reaches_beyond_projects(one.needs)) continue;
    INFO(name_of(one));
    for (const auto as : {role::team_leader, role::member, role::analyst})
      CHECK(front.answer(front.ask(one, front.own, front.tokens_of[as])).status() == 403);
  }
}

TEST_CASE("only administrators of the installation reach its administration") {
  matrix_fixture front;
  for (const auto& one : front.door.table().routes()) {
    if (one.needs != permission::administer_platform) continue;
    INFO(name_of(one));
    for (const auto as : roles) CHECK(front.answer(front.ask(one, front.own, front.tokens_of[as])).status() == 403);
    CHECK(front.answer(front.ask(one, front.missing, front.platform_admin)).status() != 403);
  }
}
