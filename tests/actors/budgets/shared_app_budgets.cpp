#include "actors/budgets/shared_app_budgets.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "domain/platforms/platform_limits.hpp"
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
  bool is_cut_off = false;
  bool lose_answers = false;
  shared_app_budgets budgets{[this](persistence::redis_command command, persistence::redis::done done) {
    const persistence::redis_failure away{persistence::redis_failure_kind::unavailable, "away"};
    if (is_cut_off) return done(away);
    if (!lose_answers) return redis.submit(std::move(command), std::move(done));
    REQUIRE(redis.run(command));
    done(away);
  }};

  explicit node(const std::string& url = tests::shared_servers().redis_url()) : redis({.url = url}) {}

  app_turn take(base::timestamp now = noon, const domain::rate& budget = few) {
    std::promise<app_turn> taken;
    budgets.reserve(channel_type::x, budget, now, [&taken](app_turn slot) { taken.set_value(slot); });
    return taken.get_future().get();
  }
  app_turn confirm(const app_turn& held, base::timestamp now, const domain::rate& budget = few) {
    std::promise<app_turn> taken;
    budgets.confirm(channel_type::x, budget, held, now, [&taken](app_turn slot) { taken.set_value(slot); });
    return taken.get_future().get();
  }
  void hear(int remaining, base::timestamp resets_at, base::timestamp now = noon) {
    budgets.observe(channel_type::x, few, {"posts_app_24h", remaining, resets_at}, now);
    REQUIRE(redis.run({"PING"}));  // and so Redis has it
  }
  void keep_in_touch(base::timestamp now) {
    budgets.keep_in_touch(now);
    if (!is_cut_off) REQUIRE(redis.run({"PING"}));
  }
  void forget_all() { REQUIRE(redis.run({"FLUSHDB"})); }
};

using hold = app_turn::hold;
constexpr auto fresh = domain::shared_budget::freshness;
constexpr auto patience = domain::shared_budget::patience;
constexpr auto roll_call = domain::shared_budget::roll_call;

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
    "a Redis that has forgotten gives nothing until all nodes have said what they know, and then goes on exactly") {
  node one;
  node other;
  one.forget_all();
  for (auto* each : {&one, &other}) each->budgets.share_among(2);
  for (auto* each : {&one, &other}) each->keep_in_touch(noon);
  CHECK(one.take().at == noon);
  CHECK(other.take().at == noon);
  one.forget_all();
  const auto refused = one.take();
  CHECK(refused.is == hold::refused);
  CHECK(refused.at == noon + 1s);  // not later, as the other may be heard of any time
  other.keep_in_touch(noon);
  CHECK(one.take().is == hold::granted);
  CHECK(one.take().at == noon + 10s);
}

TEST_CASE("a node that does not answer the roll is not waited for any longer than it may be unaware") {
  node one;
  one.forget_all();
  one.budgets.share_among(2);
  CHECK(one.take().is == hold::refused);
  CHECK(one.take(noon + roll_call - 1ms).is == hold::refused);
  CHECK(one.take(noon + roll_call).is == hold::granted);  // nobody has ever heard: it is the very first
  const auto back = noon + roll_call + fresh + 1s;
  CHECK(one.take(back).is == hold::refused);
  const auto over = back + roll_call;
  CHECK(one.take(over).at ==
        over);  // of the 3 that may start at once it may have taken 1, and half of the rate for 15 s
  CHECK(one.take(over).at == over + 7'500ms);
}

TEST_CASE("without Redis a node has its part of the rate, and it is counted when Redis is back") {
  node one;
  node other;
  one.forget_all();
  for (auto* each : {&one, &other}) each->budgets.share_among(2);
  for (auto* each : {&one, &other}) each->keep_in_touch(noon);
  for (int i = 0; i < 3; ++i) CHECK(one.take().is == hold::granted);
  const auto held = one.take();
  CHECK(held.is == hold::reserved);
  one.is_cut_off = true;
  CHECK(one.confirm(held, held.at).is == hold::refused);  // others may be on their own, too
  CHECK(one.take(held.at + patience - 1ms).is == hold::refused);
  const auto first = held.at + domain::shared_budget::notice + 20s;  // half of the rate
  CHECK(one.take(first - 1us).is == hold::refused);
  CHECK(one.take(first).is == hold::granted);
  CHECK(one.take(first).is == hold::refused);
  one.is_cut_off = false;
  const auto back = first + 1s;
  CHECK(other.take(back).is == hold::refused);  // it does not know that Redis was away, and Redis does not either
  CHECK(one.take(back).is == hold::granted);    // all have answered
  CHECK(other.take(back).at == noon + 40s);     // and all is counted: the held one, the one apart, and this one
}

TEST_CASE("when Redis dies each of two nodes may start a quarter of the burst at once, and it is counted once") {
  const domain::rate budget = *domain::app_rate(channel_type::x);
  node one;
  node other;
  one.forget_all();
  for (auto* each : {&one, &other}) each->budgets.share_among(2);
  auto now = noon;
  for (; now < noon + patience + roll_call; now += 3s) {
    for (auto* each : {&one, &other}) {
      each->keep_in_touch(now);
      CHECK(each->take(now, budget).at <= now + 1s);
    }
  }
  for (auto* each : {&one, &other}) {
    each->is_cut_off = true;
    CHECK(each->take(now, budget).is == hold::refused);
  }
  now += patience;
  for (auto* each : {&one, &other}) {
    for (int i = 0; i < budget.burst / 4; ++i) REQUIRE(each->take(now, budget).is == hold::granted);
    CHECK(each->take(now, budget).is == hold::refused);
  }
  for (auto* each : {&one, &other}) each->is_cut_off = false;
  CHECK(one.take(now, budget).is == hold::refused);
  other.lose_answers = true;
  other.take(now, budget);
  other.lose_answers = false;
  // What was set aside is used up, and in the count, once: so the next one waits for what was given before.
  CHECK(one.take(now, budget).at < now + 10min);
  CHECK(other.take(now, budget).at < now + 10min);
}

TEST_CASE("a node that takes its share and flips has none anew before the count has come down") {
  const domain::rate budget{.limit = 40, .window = 60s, .burst = 20};
  node one;
  node other;
  one.forget_all();
  for (auto* each : {&one, &other}) each->budgets.share_among(2);
  auto now = noon;
  const auto live = [&](std::chrono::milliseconds time) {
    for (const auto until = now + time; now < until; now += 1s) {
      for (auto* each : {&one, &other}) each->keep_in_touch(now);
    }
  };
  const auto take_all = [&] {
    int taken = 0;
    for (auto* each : {&one, &other}) {
      while (each->take(now, budget).is == hold::granted) ++taken;
    }
    return taken;
  };
  const auto cut = [&](bool is_away) {
    for (auto* each : {&one, &other}) each->is_cut_off = is_away;
    for (auto* each : {&one, &other}) each->take(now, budget);
  };
  cut(false);
  live(patience + roll_call + 10s);
  CHECK(take_all() == 10);  // and each has reserved one
  cut(true);
  now += patience;
  CHECK(take_all() >= 10);
  cut(false);
  cut(true);
  now += patience;
  CHECK(take_all() <= 8);  // the interval is 3 s
}

TEST_CASE("where there is no Redis at all each node has its part of the burst and of the rate from the beginning") {
  const domain::rate budget = *domain::app_rate(channel_type::x);
  shared_app_budgets one{nullptr};
  shared_app_budgets other{nullptr};
  const auto take = [&](shared_app_budgets& of, base::timestamp now) {
    app_turn turn;
    of.reserve(channel_type::x, budget, now, [&turn](app_turn slot) { turn = slot; });
    return turn;
  };
  for (auto* each : {&one, &other}) {
    each->share_among(2);
    each->keep_in_touch(noon);
    for (int i = 0; i < budget.burst / 2; ++i) REQUIRE(take(*each, noon).is == hold::granted);
    CHECK(take(*each, noon).is == hold::refused);
    const auto part = 2 * domain::interval_of(budget);
    CHECK(take(*each, noon + part - 1us).is == hold::refused);
    CHECK(take(*each, noon + part).is == hold::granted);
  }
  one.observe(channel_type::x, budget, {"posts_app_24h", 0, noon + 20min}, noon);
  CHECK(one.blocked_until(channel_type::x) == noon + 20min);
}

TEST_CASE("a slot that was reserved holds when its time has come, unless Redis had to call the roll meanwhile") {
  node one;
  one.forget_all();
  for (int i = 0; i < 5; ++i) one.take();
  const auto held = one.take();
  const auto later = one.take();
  CHECK(held.is == hold::reserved);
  CHECK(held.at == noon + 10s);
  CHECK(one.confirm(held, held.at).is == hold::granted);
  CHECK(one.take(held.at).at == noon + 30s);  // it was not taken twice
  one.budgets.share_among(2);
  CHECK(one.confirm(later, later.at).is == hold::refused);  // nobody has asked for 10 s
}

TEST_CASE("a node that is alone goes on without Redis exactly where it was") {
  node alone{"unix:///nowhere/at/all"};
  for (int i = 0; i < 5; ++i) CHECK(alone.take().is == hold::granted);
  const auto held = alone.take();
  CHECK(held.at == noon + 10s);
  CHECK(held.is == hold::reserved);
  CHECK(alone.confirm(held, held.at).is == hold::granted);
  CHECK(alone.take(held.at).at == noon + 20s);
}

TEST_CASE(
    "a slot that came to nothing is there again, for every node, and what a node knew before does not bring it back") {
  node one;
  node other;
  one.forget_all();
  const auto give_back = [](node& by, base::timestamp slot) {
    by.budgets.refund(channel_type::x, few, slot, slot);
    REQUIRE(by.redis.run({"PING"}));
  };
  for (int i = 0; i < 5; ++i) REQUIRE((i % 2 == 0 ? one : other).take().at == noon);
  give_back(one, noon);
  give_back(other, noon);
  CHECK(other.take().at == noon);
  CHECK(one.take().at == noon);
  const auto held = one.take();
  CHECK(held.at == noon + 10s);
  CHECK(other.take().at == noon + 20s);
  give_back(other, noon + 10s);  // the one before the last: the last one stays where it was
  CHECK(other.take().at == noon + 20s);
  give_back(other, noon + 1h);  // nobody was given it
  CHECK(one.take().at == noon + 30s);
}

TEST_CASE("a slot that came to nothing is there again where there is nobody else, or no Redis at all") {
  node alone{"unix:///nowhere/at/all"};
  for (int i = 0; i < 5; ++i) REQUIRE(alone.take().is == hold::granted);
  alone.budgets.refund(channel_type::x, few, noon, noon);
  CHECK(alone.take().at == noon);
  CHECK(alone.take().at == noon + 10s);

  shared_app_budgets without{nullptr};
  without.share_among(2);
  const auto take = [&] {
    app_turn slot;
    without.reserve(channel_type::x, few, noon, [&slot](app_turn said) { slot = said; });
    return slot.is;
  };
  REQUIRE(take() == hold::granted);
  while (take() == hold::granted) {
  }
  without.refund(channel_type::x, few, noon, noon);
  CHECK(take() == hold::granted);
  CHECK(take() == hold::refused);
}

TEST_CASE("a refund that lowered nothing does not lower what a node has taken alone since") {
  const domain::rate one_at_a_time{.limit = 6, .window = 60s, .burst = 1};  // 10 s each
  node one;
  one.forget_all();
  const auto take = [&](base::timestamp now) { return one.take(now, one_at_a_time); };
  CHECK(take(noon).is == hold::granted);
  CHECK(take(noon + 30s).is == hold::granted);
  one.budgets.refund(channel_type::x, one_at_a_time, noon,
                     noon + 31s);  // long made up for: the next one is not due sooner
  REQUIRE(one.redis.run({"PING"}));
  one.is_cut_off = true;
  CHECK(take(noon + 31s).at == noon + 40s);
  one.is_cut_off = false;
  CHECK(take(noon + 41s).at == noon + 50s);
}

TEST_CASE("a node that only reports does not bring a budget back that an operator has changed") {
  node one;
  node other;
  one.forget_all();
  const domain::rate strict{.limit = 1, .window = 1h, .burst = 1};
  for (auto* each : {&one, &other}) each->budgets.share_among(1);
  CHECK(other.take(noon, strict).at == noon);
  CHECK(one.take().at == noon);
  for (int i = 0; i < 20; ++i) {
    other.keep_in_touch(noon);
    one.keep_in_touch(noon);
  }
  for (int i = 0; i < 3; ++i) CHECK(one.take().at == noon);
  CHECK(one.take().at == noon + 10s);
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
