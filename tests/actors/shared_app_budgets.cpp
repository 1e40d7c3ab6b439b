#include "actors/shared_app_budgets.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "tests/support/private_servers.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const domain::rate few{.limit = 10, .window = 60s, .burst = 5};  // 10 s each, after the burst

/// A node: its own client and its own view.
struct node {
  persistence::redis redis;
  shared_app_budgets budgets{redis};

  explicit node(const std::string& url = tests::shared_servers().redis_url()) : redis({.url = url}) {}

  app_turn take(base::timestamp now = noon, const domain::rate& budget = few) {
    std::promise<app_turn> taken;
    budgets.reserve(channel_type::x, budget, now, [&taken](app_turn slot) { taken.set_value(slot); });
    return taken.get_future().get();
  }
  void hear(int remaining, base::timestamp resets_at, base::timestamp now = noon) {
    budgets.observe(channel_type::x, few, {"posts_app_24h", remaining, resets_at}, now);
    REQUIRE(redis.ping());  // and so Redis has it
  }
  void forget_all() { REQUIRE(redis.run({"FLUSHDB"})); }
};

}  // namespace

TEST_CASE("the nodes share the app's budget") {
  node one;
  node other;
  one.forget_all();
  for (int i = 0; i < 3; ++i) CHECK(one.take().at == noon);
  for (int i = 0; i < 2; ++i) CHECK(other.take().at == noon);
  CHECK(other.take().at == noon + 10s);
  CHECK(one.take().at == noon + 20s);
  CHECK_FALSE(one.take().is_told);
}

TEST_CASE("what one node hears of the app, the others heed with their next slot") {
  node one;
  node other;
  one.forget_all();
  other.take();
  one.hear(0, noon + 30min);
  CHECK(one.budgets.blocked_until(channel_type::x) == noon + 30min);
  const auto slot = other.take();
  CHECK(slot.at == noon + 30min);
  CHECK(slot.is_told);
  CHECK(other.budgets.blocked_until(channel_type::x) == noon + 30min);
}

TEST_CASE("a scarce app's budget is spread over all nodes, until the platform says better") {
  node one;
  node other;
  one.forget_all();
  CHECK(one.take().at == noon);
  one.hear(2, noon + 100s);
  CHECK(other.take().at == noon + 50s);
  CHECK(one.take().at == noon + 100s);  // the platform's budget is a new one then
  other.hear(9, noon + 100s, noon + 10s);
  const auto slot = one.take(noon + 10s);
  CHECK(slot.at == noon + 70s);  // by the own budget alone, of which the slots before have used more than its burst
  CHECK_FALSE(slot.is_told);
}

TEST_CASE("a Redis that has forgotten learns from the nodes, and without Redis they go on from what they know") {
  node one;
  node other;
  one.forget_all();
  one.take();
  one.hear(0, noon + 30min);
  one.forget_all();
  CHECK(one.take().at == noon + 30min);
  CHECK(other.take().at == noon + 30min);

  node alone{"unix:///nowhere/at/all"};
  CHECK(alone.take().at == noon);
  alone.budgets.observe(channel_type::x, few, {"posts_app_24h", 0, noon + 20min}, noon);
  const auto slot = alone.take();
  CHECK(slot.at == noon + 20min);
  CHECK(slot.is_told);
}

TEST_CASE(
    "a Redis that has forgotten leaves room for what other nodes may have been given, and without it each has its "
    "share") {
  node one;
  one.forget_all();
  for (int i = 0; i < 5; ++i) CHECK(one.take().at == noon);
  one.budgets.share_among(2);
  one.forget_all();
  CHECK(one.take().at == noon + 30s);  // rather than 10 s: a slot for each of the two

  node alone{"unix:///nowhere/at/all"};
  alone.budgets.share_among(2);
  for (int i = 0; i < 2; ++i) CHECK(alone.take().at == noon);  // half of the burst
  CHECK(alone.take().at == noon + 15s);                        // and half of the rate
}

TEST_CASE("an app's budget that is relaxed is relaxed on all nodes") {
  node one;
  node other;
  one.forget_all();
  const domain::rate strict{.limit = 1, .window = 1h, .burst = 1};
  CHECK(one.take(noon, strict).at == noon);
  CHECK(other.take(noon, strict).at == noon + 1h);
  CHECK(one.take(noon, few).at == noon);
}

}  // namespace pulse::actors
