// An owner deletes their company: who may, what ends with it, and what is left of it.
#include <catch2/catch.hpp>

#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/people/company_deletion.hpp"
#include "tests/http/routes/people/authorization_fixture.hpp"

using namespace pulse;
using namespace pulse::tests::matrix;
using http::server::verb;

namespace {

constexpr persistence::statement list_tables{"test_gone_tables", R"sql(
  SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND c.relname NOT IN ('audit_entries', 'audit_heads', 'subscriptions', 'tenant_owners') ORDER BY 1)sql"};

/// Two companies with one of each kind of thing.
struct deletion_fixture : matrix_fixture {
  std::map<std::string, std::pair<std::string, std::string>> counting;  // by table: name and text
  persistence::database login{{.url = database_url, .connections = 1, .as = persistence::role::login}};

  ~deletion_fixture() { login.stop(); }

  tests::answered delete_company(const std::string& name, const std::string& by) {
    return remove("/org?name=" + name, by);
  }
  void erase() {
    int erased = 1;
    while (erased > 0) {
      const auto done = as_engine.transact_now(std::nullopt, [now = clock.now()](persistence::transaction& tx) {
        return persistence::company_deletion::erase(tx, now, 1'000);
      });
      INFO((done.has_error() ? done.error().detail : std::string{}));
      REQUIRE(done.has_value());
      erased = *done;
    }
  }
  /// A connection keeps the name of a statement, and its text, for as long as it is there.
  const std::pair<std::string, std::string>& statements_of(const std::string& table) {
    const auto sql = "SELECT count(*) FROM " + table + " WHERE tenant_id = $1::uuid";
    return counting.try_emplace(table, "test_rows_" + table, sql).first->second;
  }
  /// The tables that have rows of the company, with how many.
  std::map<std::string, std::int64_t> rows_of(const std::string& company) {
    std::map<std::string, std::int64_t> made;
    const auto tables = login.query_now(std::nullopt, list_tables);
    for (std::size_t i = 0; i < tables->size(); ++i) {
      const auto name = tables->get<std::string>(i, 0);
      const auto& kept = statements_of(name);
      const auto count = login.query_now(std::nullopt, {kept.first, kept.second}, company)->get<std::int64_t>(0, 0);
      if (count > 0) made[name] = count;
    }
    return made;
  }
  persistence::audit::verdict verify(const std::string& company) {
    auto found = persistence::audit::verify_one(as_engine, *base::parse_uuid(company), audit_key, std::nullopt);
    REQUIRE(found.has_value());
    return std::move(*found);
  }
  void seal() {
    persistence::audit::sweep_all(as_engine, clock);
    persistence::audit::seal_all(as_engine, clock, audit_key);
  }
};

}  // namespace

TEST_CASE("only an owner deletes the company, with its name and a proof of who they are from just now") {
  deletion_fixture front;
  const auto owner = front.tokens_of[role::owner];
  for (const auto as : {role::admin, role::team_leader, role::member, role::analyst})
    CHECK(front.delete_company("Acme", front.tokens_of[as]).status() == 403);
  CHECK(front.delete_company("Acme", front.tokens_of[role::admin]).code() == "owners_only");
  CHECK(front.delete_company("Acme", front.platform_admin).status() == 422);  // their own is another
  CHECK(front.remove("/org", owner).status() == 422);
  CHECK(front.delete_company("acme", owner).status() == 422);
  CHECK(front.delete_company("Other", owner).text("/errors/0/parameter") == "name");

  front.clock.advance(std::chrono::minutes{11});
  CHECK(front.delete_company("Acme", owner).code() == "confirmation_required");
  const auto proof = R"({"password":")" + std::string{front.password} + "\"}";
  REQUIRE(front.post("/auth/confirm", proof, owner).status() < 300);
  const auto done = front.delete_company("Acme", owner);
  REQUIRE(done.status() == 200);
  CHECK(done.body.at("withdrawn") == 1);
  CHECK(done.body.at("under_way") == 0);
  CHECK(done.raw.find("set-cookie")->find("Max-Age=0") != std::string_view::npos);
}

TEST_CASE("with the company go its people's sessions, tokens and links, at once and for good") {
  deletion_fixture front;
  const auto owner = front.tokens_of[role::owner];
  const auto script = front.post("/auth/tokens", R"({"name":"s","scopes":["read_posts"]})", owner).text("/token");
  const auto feed =
      front.post("/calendar/feeds", R"({"project_id":")" + front.own["project"] + "\"}", owner).text("/url");
  const auto feed_path = feed.substr(feed.find("/calendar"));
  const auto link = front.post("/content/" + front.own["content"] + "/review-links", R"({"name":"Client"})", owner);
  const auto review = "/review/" + link.text("/secret");
  const auto code = front.post("/org/invites", "{}", owner).text("/code");
  REQUIRE(front.get("/posts", script).status() == 200);
  REQUIRE(front.get(feed_path).status() == 200);
  REQUIRE(front.get(review).status() == 200);
  const auto site = "/site/" + front.own["project"];
  REQUIRE(front.get(site).status() == 200);
  REQUIRE(front.delete_company("Acme", owner).status() == 200);

  for (const auto& [as, token] : front.tokens_of) CHECK(front.get("/auth/me", token).status() == 401);
  CHECK(front.get("/posts", script).status() == 401);
  CHECK(front.get(feed_path).status() == 404);
  CHECK(front.get(review).status() == 404);
  CHECK(front.get(site).status() == 410);
  CHECK(front.refresh(front.refresh_token).status() == 401);
  CHECK(front.log_in("owner@example.com").code() == "wrong_credentials");
  const auto joining =
      R"({"code":")" + code + R"(","email":"x@example.com","password":")" + std::string{front.password} + "\"}";
  CHECK(front.post("/org/invites/accept", joining).status() >= 400);
  CHECK(front.take_mails().empty());

  front.erase();
  CHECK(front.rows_of(front.own["company"]).empty());
  CHECK(front.refresh(front.refresh_token).status() == 401);
  CHECK(front.get(site).status() == 404);
  // The address is free.
  const auto again = front.sign_up("owner@example.com", "Acme");
  CHECK(again.status() == 201);
  CHECK(again.text("/company/id") != front.own["company"]);
  CHECK(front.log_in("owner@example.com").status() == 200);
}

TEST_CASE(
    "another company has all that it had, and the audit of the deleted one stays sound and says nothing of anybody") {
  deletion_fixture front;
  front.seal();
  const auto before = front.rows_of(front.foreign["company"]);
  REQUIRE(before.size() > 25);
  REQUIRE(front.rows_of(front.own["company"]).size() > 25);
  REQUIRE(front.delete_company("Acme", front.tokens_of[role::owner]).status() == 200);
  front.erase();
  front.refresh(front.refresh_token);  // a refusal that would tell of an address and a device
  CHECK(front.rows_of(front.own["company"]).empty());
  CHECK(front.rows_of(front.foreign["company"]) == before);
  CHECK(front.get("/auth/me", front.stranger).status() == 200);

  constexpr persistence::statement read_details{"test_gone_details", R"sql(
    SELECT count(*) FILTER (WHERE details::text <> '{}'), count(*) FILTER (WHERE action = 'DELETE /org')
    FROM audit_entries WHERE tenant_id = $1::uuid)sql"};
  front.seal();
  const auto told = front.login.query_now(std::nullopt, read_details, front.own["company"]);
  CHECK(told->get<std::int64_t>(0, 0) == 0);
  CHECK(told->get<std::int64_t>(0, 1) == 1);
  CHECK(front.verify(front.own["company"]).problem.empty());
  CHECK(front.verify(front.own["company"]).is_sound);
  CHECK(front.verify(front.foreign["company"]).is_sound);
}

TEST_CASE("the platform's administrator sees when a company was deleted, and can neither suspend nor resume it") {
  deletion_fixture front;
  const auto& admin = front.platform_admin;
  const auto before = front.get("/admin/stats", admin);
  REQUIRE(front.delete_company("Acme", front.tokens_of[role::owner]).status() == 200);
  front.erase();
  const auto shown = front.get("/admin/orgs/" + front.own["company"], admin);
  REQUIRE(shown.status() == 200);
  CHECK(shown.text("/org/name") == "Deleted company");
  CHECK(shown.text("/org/deleted_at") == base::to_string(front.clock.now()));
  CHECK(shown.body.at_pointer("/org/suspended_at").is_null());
  CHECK(shown.body.at_pointer("/org/members") == 0);
  CHECK(shown.body.at("people").as_array().empty());
  const auto path = "/admin/orgs/" + front.own["company"];
  CHECK(front.post(path + "/suspend", R"({"reason":"x"})", admin).code() == "company_deleted");
  CHECK(front.post(path + "/resume", "", admin).code() == "company_deleted");
  const auto after = front.get("/admin/stats", admin);
  CHECK(after.body.at("companies").as_int64() == before.body.at("companies").as_int64() - 1);
  CHECK(after.body.at("companies_suspended") == before.body.at("companies_suspended"));
  CHECK(after.body.at("members_active_lately").as_int64() <= after.body.at("members").as_int64());
}
