// Reads beside posts: their share of a budget, and the precedence of posts.
#include "domain/budgets/reading.hpp"

#include <catch2/catch.hpp>

#include "domain/budgets/tenant_budgets.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using base::timestamp;
using domain::channel_type;

namespace {

const timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}};
const base::uuid ada = base::uuid_from_name("ada");
const base::uuid bob = base::uuid_from_name("bob");

domain::budget_rates twelve_an_hour() {
  return {.account = {.limit = 15, .window = 1h, .burst = 12}, .app = std::nullopt, .tenant = std::nullopt};
}

domain::permit_question post(const base::uuid& account, timestamp ready_at = now) {
  return {account, base::uuid_from_name("a delivery"), ready_at};
}

}  // namespace

TEST_CASE("reads use a quarter of the burst, and posts have all the rest") {
  domain::tenant_budgets budgets{channel_type::linkedin, twelve_an_hour()};
  int looks = 0;
  while (budgets.next_read(ada, now).not_before <= now) {
    budgets.take_read(ada, now);
    ++looks;
  }
  CHECK(looks == 3);
  const auto refused = budgets.next_read(ada, now);
  CHECK(refused.not_before > now);
  CHECK(refused.scope == domain::limit_scope::account);
  CHECK_FALSE(refused.is_told);
  int posts = 0;
  while (budgets.look(post(ada), now, false).not_before <= now) {
    budgets.take(post(ada), now);
    ++posts;
  }
  CHECK(posts == 9);
  CHECK(budgets.next_read(bob, now).not_before <= now);
}

TEST_CASE("reads get no slots until three quarters of the burst are free") {
  domain::tenant_budgets budgets{channel_type::linkedin, twelve_an_hour()};
  for (int i = 0; i < 12; ++i) budgets.take(post(ada), now);
  // An hour for fifteen, twelve at once: one every 15 minutes.
  CHECK(budgets.next_read(ada, now).not_before == now + 15min * 10);
  CHECK(budgets.look(post(ada), now, false).not_before == now + 15min);
}

TEST_CASE("where posts are counted a read costs nothing, but the platform's limit holds") {
  domain::tenant_budgets budgets{channel_type::instagram, twelve_an_hour()};
  for (int i = 0; i < 100; ++i) {
    REQUIRE(budgets.next_read(ada, now).not_before <= now);
    budgets.take_read(ada, now);
  }
  for (int i = 0; i < 12; ++i) {
    REQUIRE(budgets.look(post(ada), now, false).not_before <= now);
    budgets.take(post(ada), now);
  }
  CHECK(budgets.next_read(ada, now).not_before <= now);
  budgets.block(ada, now + 20min);
  CHECK(budgets.next_read(ada, now).not_before == now + 20min);
  CHECK(budgets.next_read(ada, now).is_told);
  CHECK(budgets.next_read(ada, now + 20min).not_before <= now + 20min);
}

TEST_CASE(
    "a post that waits for its turn goes before a look by the same account, and by another through the same app") {
  domain::tenant_budgets budgets{channel_type::linkedin, twelve_an_hour()};
  budgets.let_wait(post(ada), now);
  CHECK(budgets.next_read(ada, now).not_before > now);
  CHECK(budgets.next_read(bob, now).not_before > now);
  // One whose turn is later holds up its own account alone.
  budgets.let_wait(post(ada), now + 10min);
  CHECK(budgets.next_read(ada, now).not_before > now + 10min);
  CHECK(budgets.next_read(bob, now).not_before <= now);
  budgets.set_apps({.by_account = {{bob, "an own app"}}});
  budgets.let_wait(post(ada), now);
  CHECK(budgets.next_read(bob, now).not_before <= now);
  budgets.take(post(ada), now);
  CHECK(budgets.next_read(ada, now).not_before <= now);
}

TEST_CASE("where the platform has told of little that is left, looks come at a quarter of its pace") {
  domain::tenant_budgets budgets{channel_type::linkedin, twelve_an_hour()};
  budgets.take(post(ada), now);
  budgets.observe(ada, "calls", 1, now + 40min, now);
  CHECK(budgets.look(post(ada), now, false).not_before <= now + 40min);
  CHECK(budgets.next_read(ada, now).not_before == now + 40min);
  CHECK(budgets.next_read(ada, now).is_told);
}

TEST_CASE(
    "however many looks come, three quarters of the burst may go out at once, and the limit holds within each window") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 200; ++round) {
    const int limit = random.between(1, 200);
    const domain::rate rate{.limit = limit, .window = 1h, .burst = random.between(1, limit)};
    domain::throttle budget{rate};
    std::vector<timestamp> taken;
    auto at = now;
    for (int step = 0; step < 300; ++step) {
      at += std::chrono::seconds{random.between(0, 120)};
      if (domain::earliest_read(rate, budget.arrival(), budget.last(), budget.told(at), at) > at) continue;
      REQUIRE(budget.take(at).granted);
      taken.push_back(at);
      auto rest = budget;
      int posts = 0;
      while (posts <= rate.burst && rest.take(at).granted) ++posts;
      REQUIRE(posts >= rate.burst - domain::read_burst(rate));
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const auto until = std::upper_bound(taken.begin(), taken.end(), taken[i] + 1h - 1us);
      REQUIRE(until - taken.begin() - static_cast<std::ptrdiff_t>(i) <= limit);
    }
  }
}
