#include <catch2/catch.hpp>

#include "domain/budgets/rate_choice.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"

using namespace pulse;
using tests::answered;
using tests::names;
using tests::publishing_fixture;

namespace {

/// The entry of a platform and scope.
boost::json::value entry(const answered& listed, std::string_view platform, std::string_view scope) {
  for (const auto& each : listed.body.at("items").as_array()) {
    if (each.at("platform").as_string() == platform && each.at("scope").as_string() == scope) return each;
  }
  FAIL("no entry for " << platform << " and " << scope);
  return nullptr;
}

/// What the operator does by SQL.
void set_for_installation(publishing_fixture& front, domain::limit_scope scope, int posts) {
  constexpr persistence::statement set{"test_set_installation_limit", R"sql(
    INSERT INTO platform_rate_limits (tenant_id, platform, scope, posts, window_seconds, burst, updated_at)
    VALUES (NULL, 'x', $1, $2, 900, $2, '2026-11-22T00:00:00Z'))sql"};
  persistence::database owner{{.url = front.url, .connections = 1, .as = persistence::role::login}};
  REQUIRE(owner.query_now(std::nullopt, set, scope, posts));
}

}  // namespace

TEST_CASE("the budgets of every platform are listed with whose word they are") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto listed = front.get("/rate-limits", token);
  CHECK(listed.status() == 200);
  const auto account = entry(listed, "x", "account");
  CHECK(account.at("source").as_string() == "documented");
  CHECK(account.at("budget").at("posts").as_int64() == 100);
  CHECK(account.at("budget").at("window_seconds").as_int64() == 900);
  CHECK(account.at("tenant").is_null());
  const auto tenant = entry(listed, "x", "tenant");
  CHECK(tenant.at("source").as_string() == "none");
  CHECK(tenant.at("budget").is_null());
}

TEST_CASE("a company may be stricter than the platform, for itself alone, and goes back") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto other = front.sign_up("other");
  const auto set = front.put("/rate-limits/x/account", R"({"posts":10,"window_seconds":900})", token);
  INFO(set.raw.bytes());
  CHECK(set.status() == 200);
  CHECK(set.text("/source") == "tenant");
  CHECK(set.body.at_pointer("/budget/burst").as_int64() == 5);
  CHECK(set.body.at_pointer("/documented/posts").as_int64() == 100);
  CHECK(front.put("/rate-limits/x/tenant", R"({"posts":50,"window_seconds":86400,"burst":1})", token).status() == 200);
  CHECK(entry(front.get("/rate-limits", token), "x", "tenant").at("budget").at("burst").as_int64() == 1);
  CHECK(entry(front.get("/rate-limits", other), "x", "account").at("source").as_string() == "documented");
  CHECK(front.remove("/rate-limits/x/account", other).status() == 204);
  CHECK(entry(front.get("/rate-limits", token), "x", "account").at("source").as_string() == "tenant");
  CHECK(front.remove("/rate-limits/x/account", token).status() == 204);
  CHECK(entry(front.get("/rate-limits", token), "x", "account").at("source").as_string() == "documented");
}

TEST_CASE("a budget that is looser than its bound is refused, and the bound is named") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  const auto more = front.put("/rate-limits/x/account", R"({"posts":101,"window_seconds":900})", token);
  CHECK(more.status() == 422);
  CHECK(names(more, "/posts"));
  CHECK(more.text("/detail").find("the platform documents: 100 posts in 15 minutes, 50 at once") != std::string::npos);
  CHECK(names(front.put("/rate-limits/x/account", R"({"posts":90,"window_seconds":900,"burst":60})", token), "/burst"));
  CHECK(names(front.put("/rate-limits/x/account", R"({"posts":5,"window_seconds":900,"burst":6})", token), "/burst"));
  CHECK(names(front.put("/rate-limits/x/account", R"({"posts":0,"window_seconds":900})", token), "/posts"));
  CHECK(names(front.put("/rate-limits/x/tenant", R"({"posts":5,"window_seconds":86401})", token), "/window_seconds"));
  CHECK(front.put("/rate-limits/x/app", R"({"posts":1,"window_seconds":900})", token).status() == 422);
  CHECK(front.put("/rate-limits/myspace/account", R"({"posts":1,"window_seconds":900})", token).status() == 422);
}

TEST_CASE("the operator's budget bounds the companies' and outlives theirs") {
  publishing_fixture front;
  const auto token = front.sign_up("acme");
  CHECK(front.put("/rate-limits/x/account", R"({"posts":40,"window_seconds":900,"burst":20})", token).status() == 200);
  set_for_installation(front, domain::limit_scope::account, 8);
  set_for_installation(front, domain::limit_scope::app, 500);
  const auto listed = front.get("/rate-limits", token);
  const auto account = entry(listed, "x", "account");
  CHECK(account.at("source").as_string() == "installation");  // the company's is looser by now
  CHECK(account.at("budget").at("posts").as_int64() == 8);
  CHECK(account.at("tenant").at("posts").as_int64() == 40);
  CHECK(entry(listed, "x", "app").at("source").as_string() == "installation");
  const auto refused = front.put("/rate-limits/x/account", R"({"posts":9,"window_seconds":900})", token);
  CHECK(refused.status() == 422);
  CHECK(refused.text("/detail").find("this installation allows: 8 posts in 15 minutes") != std::string::npos);
  CHECK(front.put("/rate-limits/x/account", R"({"posts":8,"window_seconds":900})", token).status() == 200);
}
