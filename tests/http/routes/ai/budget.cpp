#include <catch2/catch.hpp>

#include "actors/ai/budgeted_asking.hpp"
#include "connectors/ai/offline.hpp"
#include "persistence/ai/budgets.hpp"
#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using tests::people_fixture;

namespace {

/// Whether an answer names this field as wrong.
bool names(const tests::answered& of, std::string_view pointer) {
  return of.raw.bytes().find("\"pointer\":\"" + std::string{pointer} + "\"") != std::string::npos;
}

struct fixture : people_fixture {
  connectors::ai::offline_provider offline;
  actors::budgeted_asking asking{{as_engine, clock, &offline, "", {1'000'000, 5'000'000}}};
  std::string owner;
  base::uuid tenant_id;

  fixture() {
    services.asking = &asking;
    const auto made = sign_up("owner@example.com");
    owner = made.text("/access_token");
    tenant_id = *base::parse_uuid(made.text("/company/id"));
  }
  std::int64_t number(const tests::answered& of, std::string_view pointer) {
    return of.body.at_pointer(pointer).as_int64();
  }
};

}  // namespace

TEST_CASE("an owner reads the company's AI budget, and who answers") {
  fixture front;
  const auto shown = front.get("/ai/budget", front.owner);
  INFO(shown.raw.bytes());
  CHECK(shown.status() == 200);
  CHECK(shown.text("/provider") == "offline");
  CHECK(shown.body.at("is_stand_in") == true);
  CHECK(front.number(shown, "/tokens/allowed") == 1'000'000);
  CHECK(shown.text("/tokens/source") == "setting");
  CHECK(shown.text("/month_begins_at") == "2026-11-01T00:00:00.000000Z");
  CHECK(shown.text("/month_ends_at") == "2026-12-01T00:00:00.000000Z");
  front.services.asking = nullptr;
  CHECK(front.get("/ai/budget", front.owner).body.at("provider").is_null());
}

TEST_CASE("a company sets less for itself, never more, and goes back") {  // asvs: 2.3.2
  fixture front;
  const auto set = front.put("/ai/budget", R"({"monthly_tokens":5000,"monthly_micro_usd":0})", front.owner);
  INFO(set.raw.bytes());
  CHECK(set.status() == 200);
  CHECK(front.number(set, "/tokens/allowed") == 5'000);
  CHECK(set.text("/tokens/source") == "company");
  CHECK(front.number(set, "/tokens/bound") == 1'000'000);
  CHECK(front.number(set, "/micro_usd/allowed") == 0);
  const auto more = front.put("/ai/budget", R"({"monthly_tokens":1000001})", front.owner);
  CHECK(more.status() == 422);
  CHECK(names(more, "/monthly_tokens"));
  CHECK(front.number(front.get("/ai/budget", front.owner), "/tokens/allowed") == 5'000);
  CHECK(front.put("/ai/budget", R"({"monthly_tokens":-1})", front.owner).status() == 422);
  const auto back = front.put("/ai/budget", "{}", front.owner);
  CHECK(front.number(back, "/tokens/allowed") == 1'000'000);
  const auto other = front.sign_up("other@example.com", "Other").text("/access_token");
  front.put("/ai/budget", R"({"monthly_tokens":1})", front.owner);
  CHECK(front.number(front.get("/ai/budget", other), "/tokens/allowed") == 1'000'000);
}

TEST_CASE("the operator's AI budget of one company is its bound, and no request can write it") {
  fixture front;
  constexpr persistence::statement set{"test_set_operator_ai_budget", R"sql(
    INSERT INTO ai_budgets (tenant_id, operator_tokens, updated_at) VALUES ($1, 70, '2026-11-22T00:00:00Z'))sql"};
  CHECK(front.database.query_now(front.tenant_id, set, front.tenant_id).has_error());
  persistence::database login{{.url = front.database_url, .connections = 1, .as = persistence::role::login}};
  REQUIRE(login.query_now(std::nullopt, set, front.tenant_id).has_value());
  login.stop();
  CHECK(front.get("/ai/budget", front.owner).text("/tokens/source") == "operator");
  CHECK(front.put("/ai/budget", R"({"monthly_tokens":71})", front.owner).status() == 422);
  const auto set_own = front.put("/ai/budget", R"({"monthly_tokens":69})", front.owner);
  CHECK(front.number(set_own, "/tokens/allowed") == 69);
}

TEST_CASE("what was used is listed by month, purpose and model, for the company alone") {
  fixture front;
  namespace budgets = persistence::ai_budgets;
  const auto use = [&](base::timestamp at, const std::string& purpose) {
    const budgets::reservation reserved{front.tenant_id, base::new_uuid(at), domain::ai_month_begin(at), 50, 20};
    const auto done = front.as_engine.transact_now(front.tenant_id, [&](persistence::transaction& tx) {
      const bool fits = budgets::reserve(tx, reserved, {1'000, 1'000}, at);
      budgets::settle(tx, reserved, {purpose, "OpenAI", "gpt-4o-mini", true, 20, 5, 3});
      budgets::settle(tx, reserved, {purpose, "OpenAI", "gpt-4o-mini", true, 20, 5, 3});  // once
      return fits;
    });
    CHECK(*done);
  };
  use(front.clock.now(), "comment");
  use(front.clock.now(), "comment");
  use(front.clock.now() - std::chrono::hours{24 * 40}, "content");
  const auto listed = front.get("/ai/usage", front.owner);
  INFO(listed.raw.bytes());
  REQUIRE(listed.body.at("items").as_array().size() == 2);
  CHECK(listed.text("/items/0/purpose") == "comment");
  CHECK(front.number(listed, "/items/0/answered") == 2);
  CHECK(front.number(listed, "/items/0/tokens_in") == 40);
  CHECK(listed.text("/items/1/month") == "2026-10-01T00:00:00.000000Z");
  CHECK(front.number(front.get("/ai/budget", front.owner), "/tokens/used") == 50);
  const auto other = front.sign_up("other@example.com", "Other").text("/access_token");
  CHECK(front.get("/ai/usage", other).body.at("items").as_array().empty());
}
