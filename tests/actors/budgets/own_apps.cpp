// Calls through a company's own app: its budgets, and those of the installation's app.
#include <map>

#include "domain/platforms/platform_limits.hpp"
#include "tests/actors/budgets/limiter_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(limiter_fixture, "calls through a company's own app count against that app's budget alone") {
  const domain::budget_rates rates{.account = few(1'000, 500), .app = few(60, 1), .tenant = std::nullopt};
  const auto one = base::uuid_from_name("one");
  const auto with_own = [&](std::map<base::uuid, std::string> apps) {
    return spawn_with({rates, std::make_shared<store::past>(), {std::move(apps)}}, channel_type::instagram);
  };
  const auto its = with_own({{one, "own"}});
  const auto others = spawn(rates);
  // The installation's app is used up by others, and the own one is not; nor does it use the installation's up.
  REQUIRE(ask(others, "three").granted);
  REQUIRE_FALSE(ask(its, "two").granted);
  for (int i = 0; i < 5; ++i) CHECK(ask(its, "one").granted);
  advance_long(2s);
  for (int i = 0; i < 5; ++i) CHECK(ask(its, "one").granted);
  CHECK(ask(others, "three").granted);

  // What the platform says of an own app holds for that one alone, and the other way round.
  tell(its, budget_seen{one, {{"calls_app", 10'000, 0, clock.now() + 30min}}, std::nullopt});
  const auto refused = ask(its, "one");
  CHECK_FALSE(refused.granted);
  CHECK(refused.not_before == clock.now() + 30min);
  CHECK(refused.by.scope == limit_scope::app);
  CHECK(refused.by.words.find("the company's own app") != std::string::npos);
  advance_long(3s);
  CHECK(ask(its, "two").granted);
  tell(others, budget_seen{base::uuid_from_name("three"), {{"calls_app", 10'000, 0, clock.now() + 1h}}, std::nullopt});
  CHECK(ask(others, "three").not_before == clock.now() + 1h);
  CHECK(ask(its, "one").not_before < clock.now() + 30min);

  // An account that is connected with the installation's app from now on goes through that.
  tell(its, new_rates{rates, {}});
  CHECK(ask(its, "one").not_before == clock.now() + 1h);
}

TEST_CASE_METHOD(limiter_fixture, "a previous owner's posts through an own app count against that app's budget") {
  const auto one = base::uuid_from_name("one");
  for (const auto& each : domain::platforms()) {
    const auto documented = domain::app_rate(each.type);
    if (!documented) continue;
    INFO(each.display_name);
    const domain::budget_rates rates{.account = few(1'000'000, 500'000), .app = documented, .tenant = std::nullopt};
    auto past = std::make_shared<store::past>();
    for (int i = 0; i < documented->burst; ++i) past->starts.push_back({each.type, one, clock.now() - 1ms, false});
    CHECK_FALSE(ask(spawn_with({rates, past, {{{one, "own"}}}}, each.type), "one").granted);
    CHECK(ask(spawn_with({rates, past, {{{one, "own"}}}}, each.type), "two").granted);
  }
}

}  // namespace pulse::actors
