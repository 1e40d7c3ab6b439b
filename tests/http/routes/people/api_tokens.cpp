// Tokens for scripts: their permissions, their projects and their expiry.
#include <catch2/catch.hpp>

#include "http/auth/api_tokens.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::people_fixture;

namespace {

struct token_fixture : people_fixture {
  std::string owner = sign_up("owner@example.com").text("/access_token");
  std::string project = make_project("A");
  std::string other_project = make_project("B");

  std::string make_project(const std::string& name) {
    return post("/projects", R"({"name":")" + name + "\"}", owner).text("/id");
  }
  tests::answered make(const std::string& scopes, const std::string& more = {}) {
    return post("/auth/tokens", R"({"name":"script","scopes":)" + scopes + more + "}", owner);
  }
  std::string channel_in(const std::string& id) {
    return R"({"project_id":")" + id + R"(","type":"website","name":"Site"})";
  }
};

}  // namespace

TEST_CASE("a token has a form that scanners find, and a checksum that tells a mistyped one") {
  const auto token = http::make_api_token();
  CHECK(token.size() == 54);
  CHECK(http::may_be_api_token(token));
  CHECK(http::make_api_token() != token);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto mistyped = token;
    mistyped[i] = mistyped[i] == 'a' ? 'b' : 'a';
    CHECK_FALSE(http::may_be_api_token(mistyped));
  }
  CHECK_FALSE(http::may_be_api_token(""));
}

TEST_CASE("a token does what its scopes name, and nothing else") {  // asvs: 10.3.2
  token_fixture front;
  const auto made = front.make(R"(["read_projects","read_posts"])");
  REQUIRE(made.status() == 201);
  CHECK(made.raw.find("cache-control") == "no-store");
  const auto token = made.text("/token");
  CHECK(front.get("/projects", token).status() == 200);
  CHECK(front.get("/posts?project_id=" + front.project, token).status() == 200);
  CHECK(front.post("/projects", R"({"name":"C"})", token).code() == "scope_missing");
  for (const auto* own : {"/auth/sessions", "/auth/tokens", "/users/profile", "/auth/me"})
    CHECK(front.get(own, token).status() == 403);
  CHECK(front.get("/admin/orgs", token).status() == 403);
  const auto list = front.get("/auth/tokens", front.owner);
  CHECK(list.raw.body.find(token) == std::string::npos);
  CHECK(list.text("/items/0/ends_with") == token.substr(50));
  CHECK(list.text("/items/0/last_used_address") == "192.0.2.1");
}

TEST_CASE("a token that is revoked, old or its member's no more is refused with the next request") {  // asvs: 10.4.9
  token_fixture front;
  const auto made = front.make(R"(["read_projects"])");
  const auto token = made.text("/token");
  CHECK(front.get("/projects", token).status() == 200);
  CHECK(front.remove("/auth/tokens/" + made.text("/details/id"), front.owner).status() == 204);
  CHECK(front.get("/projects", token).status() == 401);
  CHECK(front.remove("/auth/tokens/" + made.text("/details/id"), front.owner).status() == 404);
  const auto short_lived = front.make(R"(["read_projects"])", R"(,"expires_in_days":1)").text("/token");
  CHECK(front.get("/projects", short_lived).status() == 200);
  front.clock.advance(std::chrono::hours{24});
  CHECK(front.get("/projects", short_lived).code() == "expired_token");
  CHECK(front.get("/projects", http::make_api_token()).status() == 401);
  CHECK(front.get("/projects", "pulse_0123").status() == 401);
}

TEST_CASE("a token never has more than its member, also when the member's role shrinks") {
  token_fixture front;
  CHECK(front.make(R"(["manage_members"])").status() == 422);
  CHECK(front.make(R"(["manage_self"])").status() == 422);
  CHECK(front.make("[]").status() == 422);
  const auto code = front.post("/org/invites", R"({"role":"admin"})", front.owner).text("/code");
  const auto admin =
      front.post("/org/invites/accept",
                 R"({"code":")" + code + R"(","email":"admin@example.com","password":"correct horse battery"})");
  const auto token =
      front.post("/auth/tokens", R"({"name":"script","scopes":["manage_projects"]})", admin.text("/access_token"))
          .text("/token");
  CHECK(front.post("/projects", R"({"name":"C"})", token).status() == 201);
  CHECK(front.put("/users/role", R"({"user_id":")" + admin.text("/member/id") + R"(","role":"member"})", front.owner)
            .status() == 200);
  CHECK(front.post("/projects", R"({"name":"D"})", token).status() == 403);
  CHECK(front.remove("/org/members/" + admin.text("/member/id"), front.owner).status() == 204);
  CHECK(front.get("/projects", token).status() == 401);
}

TEST_CASE("a token for one project sees and touches nothing of another") {
  token_fixture front;
  const auto limit = R"(,"project_ids":[")" + front.project + "\"]";
  CHECK(front.make(R"(["manage_projects"])", limit).status() == 422);
  CHECK(
      front.make(R"(["read_projects"])", R"(,"project_ids":[")" + base::to_string(base::uuid_from_name("none")) + "\"]")
          .status() == 422);
  const auto token =
      front.make(R"(["read_projects","read_channels","manage_channels","read_posts","write_posts"])", limit)
          .text("/token");
  CHECK(front.get("/projects", token).body.at("items").as_array().size() == 1);
  CHECK(front.get("/projects/" + front.project, token).status() == 200);
  const auto missing = front.get("/projects/" + base::to_string(base::uuid_from_name("none")), token);
  const auto other = front.get("/projects/" + front.other_project, token);
  CHECK(other.status() == 404);
  CHECK(other.code() == missing.code());
  CHECK(front.post("/channels", front.channel_in(front.project), token).status() == 201);
  CHECK(front.post("/channels", front.channel_in(front.other_project), token).status() == 404);
  const auto channel = front.post("/channels", front.channel_in(front.other_project), front.owner).text("/id");
  CHECK(front.get("/channels/" + channel, token).status() == 404);
  const auto post =
      front.post("/posts", R"({"project_id":")" + front.other_project + R"(","title":"A","text":"B"})", front.owner)
          .text("/id");
  CHECK(front.get("/posts/" + post, token).status() == 404);
  CHECK(front.remove("/posts/" + post, token).status() == 404);
  CHECK(front.post("/posts", R"({"project_id":")" + front.other_project + R"(","title":"A","text":"B"})", token)
            .status() == 404);
  CHECK(front.post("/posts", R"({"project_id":")" + front.project + R"(","title":"A","text":"B"})", token).status() ==
        201);
}

TEST_CASE("every table with a project holds a token for some projects to them") {
  token_fixture front;
  persistence::database login({.url = front.database_url, .connections = 1, .as = persistence::role::login});
  static constexpr persistence::statement unheld{"tables_without_project_policy", R"sql(
    SELECT c.relname::text FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'project_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'of_project'))sql"};
  const auto found = login.query_now(std::nullopt, unheld);
  REQUIRE(found.has_value());
  for (std::size_t i = 0; i < found->size(); ++i) {
    INFO("The table " << found->get<std::string>(i, 0) << " has a project_id, and no CALL pulse_secure after it.");
    CHECK(false);
  }
  login.stop();
}

TEST_CASE(
    "a token for one project gets neither the company's figures that are kept, nor its connections, nor its stream") {
  token_fixture front;
  const auto limit = R"(,"project_ids":[")" + front.project + "\"]";
  const auto token = front.make(R"(["read_posts","read_channels","manage_channels"])", limit).text("/token");
  const auto figures = "/analytics/publishing-summary?project_id=" + front.other_project;
  CHECK(front.get(figures, front.owner).status() == 200);  // kept from now on
  CHECK(front.get(figures, token).status() == 404);
  CHECK(front.get("/analytics/publishing-summary?project_id=" + front.project, token).status() == 200);
  CHECK(front.get("/channels/linkedin/connections", token).code() == "beyond_projects");
  CHECK(front.get("/channels/linkedin/oauth/start", token).code() == "beyond_projects");
  CHECK(front.post("/activity/ticket", "", token).code() == "not_for_tokens");
  const auto polled = front.get("/activity/events?cursor=0-0", token);
  REQUIRE(polled.status() == 200);
  for (const auto& each : polled.body.at("items").as_array())
    CHECK(each.at("project_id").as_string() == std::string_view{front.project});
}

TEST_CASE("a key of an answer that was made for somebody who sees more gets no answer for a token that sees less") {
  token_fixture front;
  const auto limit = R"(,"project_ids":[")" + front.project + "\"]";
  const auto token = front.make(R"(["read_posts","write_posts"])", limit).text("/token");
  const auto send = [&](const std::string& with) {
    auto asked = people_fixture::request(people_fixture::verb::post, "/posts",
                                         R"({"project_id":")" + front.other_project + R"(","title":"A","text":"B"})");
    asked.headers.push_back({"idempotency-key", "one"});
    return front.answer(front.with_token(asked, with));
  };
  front.post("/channels", front.channel_in(front.other_project), front.owner);
  CHECK(send(front.owner).status() == 201);
  CHECK(send(token).code() == "idempotency_key_reused");
}

TEST_CASE("a stranger who makes what looks like tokens is held up, and nobody else is") {
  token_fixture front;
  const auto token = front.make(R"(["read_projects"])").text("/token");
  int held_up = 0;
  for (int i = 0; i < 80; ++i) held_up += front.get("/projects", http::make_api_token()).status() == 429;
  CHECK(held_up == 20);
  auto from_elsewhere = front.with_token(people_fixture::request(people_fixture::verb::get, "/projects"), token);
  from_elsewhere.remote_address = "198.51.100.7";
  CHECK(front.answer(from_elsewhere).status() == 200);
}

TEST_CASE("a token that is good is never held up by how often it is used") {
  token_fixture front;
  const auto token = front.make(R"(["read_projects"])").text("/token");
  front.door.known().set_hearing(false);  // every request asks the database
  int refused = 0;
  for (int i = 0; i < 80; ++i) refused += front.get("/projects", token).status() != 200;
  CHECK(refused == 0);
}
