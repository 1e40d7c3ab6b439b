#include "actors/limiter.hpp"

#include "domain/platform_limits.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::limit_scope;

/// Limiters as the supervisors spawn them, and somebody who asks them.
struct limiter_fixture : support::actor_fixture {
  process& own = make_process();
  std::vector<limiter_actor> limiters;

  ~limiter_fixture() {
    for (auto& each : limiters) caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    settle();
  }

  limiter_actor spawn(domain::budget_rates rates = domain::rates_for(channel_type::instagram, {}),
                      std::vector<persistence::past_start> starts = {}, channel_type type = channel_type::instagram) {
    limiters.push_back(system.spawn(limiter, &own.with, type, limiter_facts{rates, std::move(starts)}));
    return limiters.back();
  }
  permit_answer ask(const limiter_actor& whom, const std::string& account, std::chrono::seconds late = 0s) {
    auto answer = std::make_shared<std::optional<permit_answer>>();
    system.spawn([whom, account, answer, due_at = clock.now() - late](caf::event_based_actor* self) {
      self->request(whom, 5s, permit_request{base::uuid_from_name(account), base::uuid_from_name("delivery"), due_at})
          .then([answer](const permit_answer& said) { *answer = said; });
    });
    settle();
    REQUIRE(answer->has_value());
    return **answer;
  }
  template <class Message>
  void tell(const limiter_actor& whom, Message what) {
    caf::anon_send(whom, std::move(what));
    settle();
  }
};

domain::rate few(int limit, int burst) { return {.limit = limit, .window = 60s, .burst = burst}; }

}  // namespace

TEST_CASE_METHOD(limiter_fixture, "each account has a budget of its own") {
  const auto its = spawn();
  const auto rate = domain::publish_rate(channel_type::instagram);
  for (int i = 0; i < rate.burst; ++i) REQUIRE(ask(its, "one").granted);
  const auto refused = ask(its, "one");
  CHECK_FALSE(refused.granted);
  CHECK(refused.not_before > clock.now());
  CHECK(refused.by.words == "the account's budget of 50 posts in 24 h at Instagram");
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "what an owner before has used is used") {
  std::vector<persistence::past_start> starts;
  for (int i = 0; i < 4; ++i)
    starts.push_back({channel_type::instagram, base::uuid_from_name("one"), clock.now() - 5s});
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt}, starts);
  CHECK(ask(its, "one").granted);
  CHECK_FALSE(ask(its, "one").granted);
  CHECK(ask(its, "two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "a permit that was not used is there for the next") {
  const auto its = spawn({.account = few(10, 1), .app = few(10, 1), .tenant = few(10, 1)});
  REQUIRE(ask(its, "one").granted);
  REQUIRE_FALSE(ask(its, "one").granted);
  tell(its, permit_unused{base::uuid_from_name("one")});
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

TEST_CASE_METHOD(limiter_fixture, "a backlog is spread and leaves the burst to what is on time") {
  const auto its = spawn({.account = few(10, 5), .app = std::nullopt, .tenant = std::nullopt});
  CHECK(ask(its, "one", 1h).granted);
  const auto second = ask(its, "one", 1h);
  CHECK_FALSE(second.granted);
  CHECK(second.not_before == clock.now() + 10s);  // 60 s, 10 posts, a burst of 5
  CHECK(ask(its, "one").granted);
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

TEST_CASE_METHOD(limiter_fixture, "what the platform says of itself is obeyed") {
  const auto its = spawn();
  tell(its, budget_seen{base::uuid_from_name("one"), {{"posts", 100, 0, clock.now() + 30s}}, std::nullopt});
  CHECK(ask(its, "one").not_before == clock.now() + 30s);
  CHECK(ask(its, "one").by.is_told);
  tell(its, budget_seen{base::uuid_from_name("two"), {}, clock.now() + 40s});
  CHECK(ask(its, "two").not_before == clock.now() + 40s);
}

TEST_CASE_METHOD(limiter_fixture, "a platform that names an absurd time is not believed for ever") {
  const auto its = spawn();
  const auto absurd = *base::parse_timestamp("9999-12-31T23:59:59Z");
  tell(its, budget_seen{base::uuid_from_name("one"), {}, absurd});
  CHECK(ask(its, "one").not_before <= clock.now() + domain::longest_retry_delay);
  tell(its, budget_seen{base::uuid_from_name("two"), {{"posts", 100, 0, absurd}}, std::nullopt});
  CHECK(ask(its, "two").not_before <= clock.now() + domain::longest_retry_delay);
  tell(its, budget_seen{base::uuid_from_name("three"), {{"posts", 100, 1, absurd}}, std::nullopt});
  ask(its, "three");
  CHECK(ask(its, "three").not_before <= clock.now() + domain::longest_retry_delay);
  clock.advance(domain::longest_retry_delay);
  CHECK(ask(its, "one").granted);
  CHECK(ask(its, "two").granted);
}

}  // namespace pulse::actors
