#include "domain/budgets/tenant_budgets.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-24T12:00:00Z");

rate one_each(std::chrono::milliseconds window, int burst = 1) {
  return {.limit = burst, .window = window * burst, .burst = burst};
}

permit_question asks(std::string_view delivery, std::chrono::milliseconds ready_in, std::string_view account) {
  return {base::uuid_from_name(std::string{account}), base::uuid_from_name(std::string{delivery}), noon + ready_in};
}

/// What the engine's limiter does of it.
bool starts(tenant_budgets& at, const permit_question& question, base::timestamp now) {
  const auto answer = at.look(question, now, false);
  if (answer.not_before <= now) {
    at.take(question, now);
    return true;
  }
  at.let_wait(question, answer.not_before);
  return false;
}

tenant_budgets of_a_company(std::optional<rate> tenant) {
  return tenant_budgets{channel_type::x, {.account = one_each(12s), .app = std::nullopt, .tenant = tenant}};
}

}  // namespace

TEST_CASE("when an account's and the company's budget let go together, who was ready first goes first") {
  const auto older = asks("older", 500ms, "one");
  const auto younger = asks("younger", 640ms, "two");
  for (const bool older_asks_first : {true, false}) {
    auto its = of_a_company(one_each(12s));
    REQUIRE(starts(its, asks("first", 0ms, "one"), noon));
    REQUIRE_FALSE(starts(its, older, noon + 500ms));    // its account's budget, and the company's
    REQUIRE_FALSE(starts(its, younger, noon + 640ms));  // the company's alone
    const auto then = noon + 12s;
    if (older_asks_first) {
      CHECK(starts(its, older, then));
      CHECK_FALSE(starts(its, younger, then));
    } else {
      CHECK_FALSE(starts(its, younger, then));
      CHECK(its.look(younger, then, false).not_before == then + tenant_budgets::yield_for);
      CHECK(its.look(younger, then, false).scope == limit_scope::tenant);
      CHECK(starts(its, older, then));
    }
    CHECK(its.look(younger, then + 1ms, false).not_before == then + 12s);
  }
}

TEST_CASE("a newcomer lets those go first whose turn it is") {
  auto its = of_a_company(one_each(12s));
  REQUIRE(starts(its, asks("first", 0ms, "one"), noon));
  const auto waiting = asks("waiting", 5s, "two");
  REQUIRE_FALSE(starts(its, waiting, noon + 5s));
  CHECK_FALSE(starts(its, asks("older, but new", 1s, "three"), noon + 12s));
  CHECK(starts(its, waiting, noon + 12s));
}

TEST_CASE("a channel that misses its turn loses it, and nobody waits for it for long") {
  auto its = of_a_company(one_each(12s));
  REQUIRE(starts(its, asks("first", 0ms, "one"), noon));
  REQUIRE_FALSE(starts(its, asks("cancelled meanwhile", 1s, "two"), noon + 1s));
  const auto other = asks("other", 2s, "three");
  CHECK_FALSE(starts(its, other, noon + 12s));
  CHECK_FALSE(starts(its, other, noon + 12s + tenant_budgets::kept_for));
  CHECK(starts(its, other, noon + 12s + tenant_budgets::kept_for + 1ms));
}

TEST_CASE("with room for all nobody waits for a turn") {
  auto roomy = of_a_company(one_each(12s, 4));
  auto without = of_a_company(std::nullopt);
  for (auto* its : {&roomy, &without}) {
    REQUIRE(starts(*its, asks("first of one", 0ms, "one"), noon));
    REQUIRE(starts(*its, asks("first of two", 0ms, "two"), noon));
    REQUIRE_FALSE(starts(*its, asks("second of one", 0ms, "one"), noon));
    REQUIRE_FALSE(starts(*its, asks("second of two", 1ms, "two"), noon));
    CHECK(starts(*its, asks("second of two", 1ms, "two"), noon + 12s));
    CHECK(starts(*its, asks("second of one", 0ms, "one"), noon + 12s));
  }
}

TEST_CASE("of one account, too, who was ready first goes first, whichever channel asks") {
  auto its = of_a_company(std::nullopt);
  REQUIRE(starts(its, asks("first", 0ms, "one"), noon));
  REQUIRE_FALSE(starts(its, asks("older", 1s, "one"), noon + 1s));
  REQUIRE_FALSE(starts(its, asks("younger", 2s, "one"), noon + 2s));
  CHECK_FALSE(starts(its, asks("younger", 2s, "one"), noon + 12s));
  CHECK(its.look(asks("younger", 2s, "one"), noon + 12s, false).scope == limit_scope::account);
  CHECK(starts(its, asks("older", 1s, "one"), noon + 12s));
}

TEST_CASE("the tenant's turn at the app's budget, which is good for one start, goes by the same order") {
  auto its = of_a_company(std::nullopt);
  its.let_wait(asks("older", 0ms, "one"), noon + 3s);
  its.let_wait(asks("younger", 1s, "two"), noon + 3s);
  CHECK(its.look(asks("younger", 1s, "two"), noon + 3s, true).scope == limit_scope::app);
  CHECK(its.look(asks("younger", 1s, "two"), noon + 3s, true).not_before > noon + 3s);
  CHECK(its.look(asks("older", 0ms, "one"), noon + 3s, true).not_before == noon + 3s);
  // Where no turn is there each asks for one of its own, and nobody need wait for another.
  CHECK(its.look(asks("younger", 1s, "two"), noon + 3s, false).not_before == noon + 3s);
}

}  // namespace pulse::domain
