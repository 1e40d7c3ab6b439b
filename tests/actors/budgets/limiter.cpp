#include "actors/budgets/limiter.hpp"

#include <set>
#include <string>
#include <vector>

#include "domain/platforms/platform_limits.hpp"
#include "tests/actors/budgets/limiter_fixture.hpp"

namespace pulse::actors {
namespace {

/// Gives out what the test says next, and notes what it was given back.
struct scripted_app_budgets final : app_budgets {
  std::vector<app_turn> turns;  // the next one first
  std::vector<base::timestamp> unused;
  std::set<std::string> apps;

  void reserve(const std::string& app, const domain::rate&, base::timestamp,
               std::function<void(app_turn slot)> done) override {
    apps.insert(app);
    REQUIRE_FALSE(turns.empty());
    const auto turn = turns.front();
    turns.erase(turns.begin());
    done(turn);
  }
  void refund(const std::string&, const domain::rate&, const app_turn& slot, base::timestamp) override {
    if (slot.is == app_turn::hold::granted) unused.push_back(slot.slot);
  }
  void observe(const std::string&, const domain::rate&, const app_report&, base::timestamp) override {}
  base::timestamp blocked_until(const std::string&) override { return {}; }
};

}  // namespace

TEST_CASE_METHOD(limiter_fixture, "each account has a budget of its own") {
  const auto its = spawn();
  const auto rate = domain::publish_rate(channel_type::instagram);
  for (int i = 0; i < rate.burst; ++i) REQUIRE(ask(its, "one").granted);
  const auto refused = ask(its, "one");
  CHECK_FALSE(refused.granted);
  CHECK(refused.not_before > clock.now());
  CHECK(refused.by.words == "the account's budget of 50 posts in 1 day at Instagram");
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a previous owner's use of a budget counts") {
  std::vector<persistence::past_start> starts;
  for (int i = 0; i < 4; ++i)
    starts.push_back({channel_type::instagram, base::uuid_from_name("one"), clock.now() - 5s});
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt}, starts);
  CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "one").granted);
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "an unused permit is available to the next caller") {
  const auto its = spawn({.account = few(10, 1), .app = few(10, 1), .tenant = few(10, 1)});
  const auto permit = ask(its, "one");
  REQUIRE(permit.granted);
  REQUIRE_FALSE(ask(its, "one").granted);
  tell(its, permit_unused{base::uuid_from_name("one"), permit.app_slot});
  CHECK(ask(its, "one").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a tenant's own budget binds all of its accounts together") {
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = few(10, 2)});
  CHECK(ask(its, "one").granted);
  CHECK(ask(its, "two").granted);
  const auto refused = ask(its, "three");
  CHECK_FALSE(refused.granted);
  CHECK(refused.by.scope == limit_scope::tenant);
}

TEST_CASE_METHOD(limiter_fixture,
                 "a backlog uses half of the burst, is spread then, and leaves the rest to what is on time") {
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt});
  for (int i = 0; i < 3; ++i) CHECK(ask(its, "one", 1h).granted);
  const auto fourth = ask(its, "one", 1h);
  CHECK_FALSE(fourth.granted);
  CHECK(fourth.not_before == clock.now() + 10s);  // 60 s, 10 posts, a burst of 5
  CHECK(fourth.by.is_spread);
  CHECK(fourth.by.words ==
        "more is late at Instagram than may go out at once, so it is spread and leaves room for what is on time");
  CHECK(ask(its, "one").granted);
}

TEST_CASE_METHOD(limiter_fixture, "an attempt that published nothing spends no post of a budget that counts posts") {
  const domain::budget_rates rates{.account = few(10, 1), .app = std::nullopt, .tenant = std::nullopt};
  for (const auto type : {channel_type::instagram, channel_type::linkedin}) {
    INFO(base::to_name(type));
    const auto its = spawn(rates, {}, type);
    const auto first = ask(its, "one");
    REQUIRE(first.granted);
    tell(its, permit_unspent{base::uuid_from_name("one"), first.not_before});
    CHECK(ask(its, "one").granted == (type == channel_type::instagram));  // LinkedIn counts requests
  }
}

TEST_CASE_METHOD(limiter_fixture, "an attempt that never called the platform spends nothing of any budget") {
  const auto rates = GENERATE(domain::budget_rates{few(10, 1), std::nullopt, std::nullopt},
                              domain::budget_rates{few(10, 10), few(10, 1), std::nullopt},
                              domain::budget_rates{few(10, 10), std::nullopt, few(10, 1)},
                              domain::budget_rates{few(10, 1), few(10, 1), few(10, 1)});
  for (const auto& each : domain::platforms()) {
    INFO(each.display_name);
    const auto its = spawn(rates, {}, each.type);
    for (int i = 0; i < 3; ++i) {
      const auto permit = ask(its, "one");
      REQUIRE(permit.granted);
      tell(its, permit_unspent{base::uuid_from_name("one"), permit.not_before, true, permit.app_slot});
    }
    REQUIRE(ask(its, "one").granted);
    CHECK_FALSE(ask(its, "one").granted);  // that one was not given back
  }
}

TEST_CASE_METHOD(limiter_fixture, "a permit granted before others is refunded without theirs") {
  const domain::budget_rates rates{.account = few(10, 3), .app = few(10, 3), .tenant = std::nullopt};
  const auto its = spawn(rates, {}, channel_type::linkedin);
  const auto first = ask(its, "one");
  clock.advance(1s);
  REQUIRE(ask(its, "one").granted);
  clock.advance(1s);
  REQUIRE(ask(its, "one").granted);
  REQUIRE_FALSE(ask(its, "one").granted);
  tell(its, permit_unspent{base::uuid_from_name("one"), first.not_before, true, first.app_slot});
  CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "one").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a previous owner's attempts without effect count only in budgets of calls") {
  const domain::budget_rates rates{.account = few(10, 1), .app = std::nullopt, .tenant = std::nullopt};
  for (const auto type : {channel_type::instagram, channel_type::linkedin}) {
    INFO(base::to_name(type));
    const auto its = spawn(rates, {{type, base::uuid_from_name("one"), clock.now() - 1s, true}}, type);
    CHECK(ask(its, "one").granted == (type == channel_type::instagram));
  }
}

TEST_CASE_METHOD(limiter_fixture, "tenants take turns at the app's budget, however much one of them wants") {
  const domain::budget_rates rates{.account = few(1'000, 500), .app = few(60, 1), .tenant = std::nullopt};
  const auto greedy = spawn(rates);
  const auto modest = spawn(rates);
  REQUIRE(ask(greedy, "one").granted);
  int granted_to_greedy = 0;
  int granted_to_modest = 0;
  for (int second = 0; second < 40; ++second) {
    for (int i = 0; i < 50; ++i) granted_to_greedy += ask(greedy, "account" + std::to_string(i)).granted ? 1 : 0;
    // As a channel with a queue does: it asks for the next one as soon as it has sent one.
    while (ask(modest, "two").granted) ++granted_to_modest;
    advance_long(1s);
  }
  CHECK(granted_to_greedy + granted_to_modest >= 38);
  CHECK(granted_to_modest >= 18);
  CHECK(granted_to_greedy >= 18);
  const auto refused = ask(greedy, "one");
  if (!refused.granted) CHECK(refused.by.scope == limit_scope::app);
}

TEST_CASE_METHOD(limiter_fixture, "budgets that are changed hold at once, and forget nothing") {
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt});
  REQUIRE(ask(its, "one").granted);
  tell(its, new_rates{{.account = few(10, 1), .app = std::nullopt, .tenant = std::nullopt}});
  CHECK_FALSE(ask(its, "one").granted);
  tell(its, new_rates{{.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt}});
  CHECK(ask(its, "one").granted);
}

TEST_CASE_METHOD(limiter_fixture, "the platform's own limits are obeyed") {
  const auto its = spawn();
  tell(its, budget_seen{base::uuid_from_name("one"), {{"posts", 100, 0, clock.now() + 30s}}, std::nullopt});
  CHECK(ask(its, "one").not_before == clock.now() + 30s);
  CHECK(ask(its, "one").by.is_told);
  tell(its, budget_seen{base::uuid_from_name("two"), {}, clock.now() + 40s});
  CHECK(ask(its, "two").not_before == clock.now() + 40s);
}

TEST_CASE_METHOD(limiter_fixture,
                 "a comfortable budget in the same reply does not switch off what a scarce one asks for") {
  const auto its = spawn(domain::rates_for(channel_type::x, {}), {}, channel_type::x);
  REQUIRE(ask(its, "one").granted);
  tell(its, budget_seen{base::uuid_from_name("one"),
                        {{"posts_user_24h", 100, 10, clock.now() + 1h}, {"posts", 100, 99, clock.now() + 15min}},
                        std::nullopt});
  CHECK(ask(its, "one").not_before == clock.now() + 6min);
  CHECK(ask(its, "one").by.is_told);
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a report about the app in one company's reply holds for all companies") {
  const auto type = GENERATE(channel_type::x, channel_type::instagram);
  const auto rates = domain::rates_for(type, {});
  const auto told = spawn(rates, {}, type);
  const auto other = spawn(rates, {}, type);
  const std::string name = type == channel_type::x ? "posts_app_24h" : "calls_app";
  REQUIRE(ask(other, "two").granted);
  tell(told, budget_seen{base::uuid_from_name("one"), {{name, 10'000, 0, clock.now() + 30min}}, std::nullopt});
  for (const auto& each : {told, other}) {
    const auto refused = ask(each, "three");
    CHECK_FALSE(refused.granted);
    CHECK(refused.not_before == clock.now() + 30min);
    CHECK(refused.by.scope == limit_scope::app);
    CHECK(refused.by.is_told);
  }
  clock.advance(30min);
  CHECK(ask(other, "three").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a slot that was taken before does not override the platform's block") {
  const auto rates = domain::rates_for(channel_type::x, {});
  const auto its = spawn(rates, {}, channel_type::x);
  const auto permit = ask(its, "one");
  REQUIRE(permit.granted);
  tell(its, permit_unused{base::uuid_from_name("one"), permit.app_slot});  // the slot is there again
  tell(its,
       budget_seen{base::uuid_from_name("one"), {{"posts_app_24h", 10'000, 0, clock.now() + 30min}}, std::nullopt});
  CHECK_FALSE(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "the rest of the app's budget is spread over all companies together") {
  const auto rates = domain::rates_for(channel_type::x, {});
  const auto one = spawn(rates, {}, channel_type::x);
  const auto other = spawn(rates, {}, channel_type::x);
  REQUIRE(ask(one, "one").granted);
  tell(one, budget_seen{base::uuid_from_name("one"), {{"posts_app_24h", 10'000, 10, clock.now() + 1h}}, std::nullopt});
  CHECK(ask(one, "two").not_before == clock.now() + 6min);
  CHECK(ask(other, "three").not_before == clock.now() + 12min);
  CHECK(ask(other, "three").by.is_told);
}

TEST_CASE_METHOD(limiter_fixture, "a slot of the app's budget that nobody used is given up, and a new one is taken") {
  const domain::budget_rates rates{.account = few(1'000, 500), .app = few(6, 1), .tenant = std::nullopt};
  const auto idle = spawn(rates);
  const auto busy = spawn(rates);
  REQUIRE(ask(idle, "one").granted);
  REQUIRE_FALSE(ask(idle, "one").granted);  // its slot is in 10 s, and it does not come back for it
  clock.advance(1h);
  REQUIRE(ask(busy, "two").granted);
  const auto late = ask(idle, "one");
  CHECK_FALSE(late.granted);  // the busy one has just used what there is
  CHECK(late.not_before == clock.now() + 10s);
}

TEST_CASE_METHOD(limiter_fixture, "a company's wait for the app does not grow with what another one has waiting") {
  std::vector<std::chrono::seconds> waits;
  for (const int backlog : {50, 500}) {
    limiter_fixture each;
    const domain::budget_rates rates{.account = few(1'000, 500), .app = few(60, 20), .tenant = std::nullopt};
    const auto greedy = each.spawn(rates);
    const auto modest = each.spawn(rates);
    const auto ask_all = [&] {
      for (int i = 0; i < backlog; ++i) each.ask(greedy, "account" + std::to_string(i));
    };
    // Within the burst: both are let through, one after the other.
    for (int i = 0; i < 5; ++i) {
      CHECK(each.ask(greedy, "one").granted);
      CHECK(each.ask(modest, "two").granted);
    }
    ask_all();
    const auto began = each.clock.now();
    while (!each.ask(modest, "two").granted) {
      each.advance_long(1s);
      ask_all();
    }
    waits.push_back(std::chrono::floor<std::chrono::seconds>(each.clock.now() - began));
  }
  CHECK(waits[0] <= 4s);  // two intervals of the app's budget
  CHECK(waits[1] == waits[0]);
}

TEST_CASE_METHOD(limiter_fixture, "a blocked account starts blocked, on that platform alone") {
  store::past past;
  past.blocks.push_back({channel_type::x, base::uuid_from_name("one"), clock.now() + 20min});
  past.blocks.push_back({channel_type::instagram, base::uuid_from_name("two"), clock.now() + 20min});
  const auto its =
      spawn_with({domain::rates_for(channel_type::x, {}), std::make_shared<store::past>(past)}, channel_type::x);
  CHECK(ask(its, "one").not_before == clock.now() + 20min);
  CHECK(ask(its, "one").by.is_told);
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a limiter without the earlier calls reads them, and callers wait until then") {
  const auto tenant = tables.add_tenant();
  const auto channel = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("one"));
  auto& row = tables.deliveries.at(tables.add_delivery(channel, clock.now()));
  for (int i = 1; i <= 50; ++i) row.attempts[i] = {1, clock.now() - 1s, clock.now()};
  own.rows.become(support::memory_store::call::past, support::memory_store::mood::silent);
  const auto its = spawn_with({domain::rates_for(channel_type::x, {}), nullptr}, channel_type::x, tenant);
  std::optional<permit_answer> answer;
  system.spawn([&answer, its, due_at = clock.now()](caf::event_based_actor* self) {
    self->request(its, 5s, permit_request{base::uuid_from_name("one"), base::uuid_from_name("delivery"), due_at})
        .then([&answer](const permit_answer& said) { answer = said; });
  });
  advance(2s);
  CHECK_FALSE(answer);
  own.rows.become(support::memory_store::call::past, support::memory_store::mood::prompt);
  advance(600ms);
  REQUIRE(answer);
  CHECK_FALSE(answer->granted);
}

TEST_CASE_METHOD(limiter_fixture, "a platform that names an absurd time is not believed for ever") {
  const auto its = spawn();
  const auto absurd = *base::parse_timestamp("9999-12-31T23:59:59Z");
  tell(its, budget_seen{base::uuid_from_name("one"), {}, absurd});
  CHECK(ask(its, "one").not_before <= clock.now() + domain::longest_retry_after);
  tell(its, budget_seen{base::uuid_from_name("two"), {{"posts", 100, 0, absurd}}, std::nullopt});
  CHECK(ask(its, "two").not_before <= clock.now() + domain::longest_retry_after);
  tell(its, budget_seen{base::uuid_from_name("three"), {{"posts", 100, 1, absurd}}, std::nullopt});
  ask(its, "three");
  CHECK(ask(its, "three").not_before <= clock.now() + domain::longest_retry_after);
  clock.advance(domain::longest_retry_after);
  CHECK(ask(its, "one").granted);
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(
    limiter_fixture,
    "a slot is used in its time alone, given back when it is over, and asked for again when it was refused") {
  using hold = app_turn::hold;
  scripted_app_budgets app;
  const services services{
      own.services.clock,      own.services.store,  own.services.platforms, own.services.node_lease, app,
      own.services.open_token, own.services.random, own.services.rules};
  const domain::budget_rates rates{.account = few(1'000, 500), .app = few(60, 1), .tenant = std::nullopt};
  auto its = system.spawn(limiter, &services, base::uuid{}, channel_type::x,
                          limiter_facts{rates, std::make_shared<store::past>()});
  const auto now = clock.now();
  app.turns = {{now + 1s, now + 4s, false, hold::granted, now + 1s},
               {now + 6s, {}, false, hold::refused, {}},
               {now + 6s, now + 9s, false, hold::granted, now + 6s},
               {now + 7s, now + 10s, false, hold::granted, now + 7s},
               {now + 20s, now + 23s, false, hold::granted, now + 20s}};
  CHECK(ask(its, "one").not_before == now + 1s);
  CHECK(ask(its, "one").not_before == now + 1s);  // it is not asked for twice
  CHECK(app.unused.empty());
  clock.advance(5s);
  CHECK(ask(its, "one").not_before == now + 6s);  // it is too late for that one
  CHECK(app.unused == std::vector<base::timestamp>{now + 1s});
  clock.advance(1s);
  const auto granted = ask(its, "one");
  CHECK(granted.granted);
  REQUIRE(granted.app_slot);
  CHECK(granted.app_slot->slot == now + 6s);
  tell(its, permit_unused{base::uuid_from_name("one"), granted.app_slot});
  CHECK(ask(its, "one").granted);  // the same
  CHECK(ask(its, "one").not_before == now + 7s);
  tell(its, permit_unused{base::uuid_from_name("one"), granted.app_slot});
  CHECK(app.unused.back() == now + 6s);  // it has one
  tell(its, new_rates{{.account = few(1'000, 500), .app = few(30, 1), .tenant = std::nullopt}});
  CHECK(app.unused.back() == now + 7s);
  CHECK(ask(its, "one").not_before == now + 20s);
  caf::anon_send_exit(its, caf::exit_reason::user_shutdown);
  its = nullptr;
  settle();
  CHECK(app.unused.back() == now + 20s);
  CHECK(app.apps.size() == 1);
}

}  // namespace pulse::actors
