// The authorization matrix, made of the route table: every route for everybody, on what is theirs, another company's, and nobody's.
// Over 400 lines: the rows for paths with ids are its data.
#include <algorithm>
#include <map>

#include <catch2/catch.hpp>

#include "http/auth/api_tokens.hpp"
#include "persistence/people/companies.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using domain::permission;
using domain::role;
using http::server::verb;
using tests::answered;
using tests::people_fixture;

namespace {

constexpr role roles[] = {role::owner, role::admin, role::team_leader, role::member, role::analyst};

/// What the parameters of a route's path name ("*" stands for any one word of a path), and a body that the route takes. A route with
/// parameters that has no row here is no route that anybody has thought about.
struct row {
  std::string_view route;
  std::vector<std::string_view> kinds;  // of the parameters in order; "word:x" is the word x
  std::string_view body = {};
};

const std::vector<row>& rows() {
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

std::string name_of(const http::route& of) { return std::string{http::server::to_string(of.method)} + " " + of.path; }

/// Whether `row`, with its "*", is the row of the route called `name`.
bool is_row_of(std::string_view row, std::string_view name) {
  const auto star = row.find('*');
  if (star == row.npos) return row == name;
  const auto behind = row.substr(star + 1);
  if (name.size() < star + behind.size() || name.substr(0, star) != row.substr(0, star) || !name.ends_with(behind))
    return false;
  const auto word = name.substr(star, name.size() - star - behind.size());
  return !word.empty() && word.find_first_of("/{") == word.npos;
}

const row* row_of(const http::route& of) {
  const auto name = name_of(of);
  const auto found =
      std::find_if(rows().begin(), rows().end(), [&](const auto& one) { return is_row_of(one.route, name); });
  return found == rows().end() ? nullptr : &*found;
}

/// Ids of one company's things, by kind.
using things = std::map<std::string, std::string, std::less<>>;

/// Of what nothing was made here, an id that nobody has.
std::string id_of(const things& about, const std::string& kind) {
  const auto found = about.find(kind);
  return found == about.end() ? base::to_string(base::uuid_from_name("no " + kind)) : found->second;
}

struct matrix_fixture : people_fixture {
  std::map<role, std::string> tokens_of;  // of one company's people
  std::string stranger, platform_admin, suspended, deactivated, refresh_token;
  things own, foreign, missing;

  matrix_fixture() {
    const auto owner = sign_up("owner@example.com");
    tokens_of[role::owner] = owner.text("/access_token");
    refresh_token = owner.text("/refresh_token");
    own = make_things(owner);
    for (const auto as : {role::admin, role::team_leader, role::member, role::analyst})
      tokens_of[as] =
          join(tokens_of[role::owner], std::string{base::to_name(as)}, base::to_name(as)).text("/access_token");
    const auto gone = join(tokens_of[role::owner], "gone", "owner");
    deactivated = gone.text("/access_token");
    remove("/org/members/" + gone.text("/member/id"), tokens_of[role::owner]);
    const auto other = sign_up("stranger@example.com", "Other");
    stranger = other.text("/access_token");
    foreign = make_things(other);
    platform_admin = make_platform_admin();
    suspended = make_suspended();
    for (const auto& [kind, id] : own) missing[kind] = base::to_string(base::uuid_from_name("no " + kind));
  }

  answered join(const std::string& by, const std::string& name, std::string_view as) {
    const std::string role{as == "owner" ? "admin" : as};
    const auto code = post("/org/invites", R"({"role":")" + role + "\"}", by).text("/code");
    return post("/org/invites/accept",
                R"({"code":")" + code + R"(","email":")" + name + R"(@example.com","password":")" + password + "\"}");
  }

  things make_things(const answered& by) {
    const auto token = by.text("/access_token");
    things made;
    made["company"] = by.text("/company/id");
    made["member"] = join(token, "joined" + made["company"], "member").text("/member/id");
    made["project"] = post("/projects", R"({"name":"A"})", token).text("/id");
    made["channel"] =
        post("/channels", R"({"project_id":")" + made["project"] + R"(","type":"website","name":"Site"})", token)
            .text("/id");
    put("/channels/" + made["channel"] + "/webhook", R"({"address":"https://example.org/hook"})", token);
    const auto post_made =
        post("/posts", R"({"project_id":")" + made["project"] + R"(","title":"A","text":"B"})", token);
    made["post"] = post_made.text("/id");
    made["delivery"] = post_made.text("/deliveries/0/id");
    made["campaign"] =
        post("/campaigns", R"({"project_id":")" + made["project"] + R"(","name":"A"})", token).text("/id");
    made["content"] = post("/content", R"({"project_id":")" + made["project"] + R"(","text":"B"})", token).text("/id");
    made["template"] =
        post("/templates", R"({"project_id":")" + made["project"] + R"(","name":"A","text":"B"})", token).text("/id");
    made["rule"] =
        post("/automation/rules",
             R"({"project_id":")" + made["project"] +
                 R"(","name":"A","trigger":{"kind":"cron","cron":"0 9 * * *"},"action":{"kind":"make_content",)"
                 R"("template_id":")" +
                 made["template"] + R"("}})",
             token)
            .text("/id");
    made["run"] = post("/automation/rules/" + made["rule"] + "/run-now", {}, token).text("/id");
    made["tracked_page"] = post("/tracked-pages", R"({"url":"linkedin.com/company/acme"})", token).text("/id");
    post("/tracked-pages/" + made["tracked_page"] + "/subscribe", "{}", token);
    post("/tracked-pages/" + made["tracked_page"] + "/posts", R"({"url":"urn:li:activity:70"})", token);
    made["tracked_post"] = get("/tracked-posts", token).text("/items/0/id");
    made["engagement"] = get("/engagements", token).text("/items/0/id");
    post("/engagements/" + made["engagement"] + "/confirm", "{}", token);
    made["team"] = post("/org/teams", R"({"name":"Red"})", token).text("/id");
    made["phrase"] = post("/automation/avoid-phrases", R"({"phrase":"synergy"})", token).text("/id");
    constexpr std::string_view chat = R"({"kind":"slack","address":"https://hooks.slack.com/services/T/B/x"})";
    made["webhook"] = post("/automation/webhooks", std::string{chat}, token).text("/id");
    made["company_webhook"] = post("/automation/company-webhooks", std::string{chat}, token).text("/id");
    made["invite"] = post("/org/invites", "{}", token).text("/id");
    made["token"] = post("/auth/tokens", R"({"name":"t","scopes":["read_posts"]})", token).text("/details/id");
    made["session"] = get("/auth/sessions", token).text("/items/0/id");
    return made;
  }
  std::string make_platform_admin() {
    const auto made = sign_up("root@example.com", "Operators");
    persistence::database login({.url = database_url, .connections = 1, .as = persistence::role::login});
    REQUIRE(login.query_now(std::nullopt, persistence::companies::promote, "root@example.com").has_value());
    login.stop();
    return made.text("/access_token");
  }
  std::string make_suspended() {
    const auto made = sign_up("suspended@example.com", "Suspended");
    REQUIRE(
        post("/admin/orgs/" + made.text("/company/id") + "/suspend", R"({"reason":"x"})", platform_admin).status() ==
        200);
    return made.text("/access_token");
  }

  http::server::request ask(const http::route& of, const things& about, const std::string& token) {
    std::string address = of.path;
    const auto* known = row_of(of);
    for (std::size_t i = 0; i < of.path_parameters.size(); ++i) {
      const std::string place = "{" + of.path_parameters[i] + "}";
      const std::string kind{known == nullptr ? std::string_view{"project"} : known->kinds.at(i)};
      const auto value = kind.starts_with("word:") ? kind.substr(5) : id_of(about, kind);
      address.replace(address.find(place), place.size(), value);
    }
    return with_token(request(of.method, address, known == nullptr ? std::string{} : std::string{known->body}), token);
  }
};

/// A body without what may differ between two answers that must be alike: the ids that were asked for.
std::string without(std::string body, const things& ids) {
  for (const auto& [kind, id] : ids) {
    for (auto at = body.find(id); at != body.npos; at = body.find(id)) body.replace(at, id.size(), "{id}");
  }
  return body;
}

bool names_a_thing(const row& one) {
  return std::any_of(one.kinds.begin(), one.kinds.end(), [](auto kind) { return !kind.starts_with("word:"); });
}

}  // namespace

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
