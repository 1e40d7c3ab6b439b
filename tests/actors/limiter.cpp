#include "actors/limiter.hpp"

#include "domain/platform_limits.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

struct limiter_fixture : support::actor_fixture {
  process& own = make_process();
  limiter_state state;

  limiter_fixture() {
    state.with = &own.with;
    state.type = domain::channel_type::x;
  }
  permit_answer ask(const std::string& account) {
    return state.ask({base::uuid_from_name(account), base::uuid_from_name("delivery")});
  }
};

}  // namespace

TEST_CASE_METHOD(limiter_fixture, "each account has a budget of its own") {
  const auto burst = domain::publish_rate(domain::channel_type::x).burst;
  for (int i = 0; i < burst; ++i) REQUIRE(ask("one").granted);
  const auto refused = ask("one");
  CHECK_FALSE(refused.granted);
  CHECK(refused.not_before > clock.now());
  CHECK(refused.budget.find("100 posts in 900 s") != std::string::npos);
  CHECK(ask("two").granted);
}

TEST_CASE_METHOD(limiter_fixture, "what the platform says of itself is obeyed") {
  state.learn({base::uuid_from_name("one"), {{"posts", 100, 0, clock.now() + 30s}}, std::nullopt});
  CHECK(ask("one").not_before == clock.now() + 30s);
  state.learn({base::uuid_from_name("two"), {}, clock.now() + 40s});
  CHECK(ask("two").not_before == clock.now() + 40s);
}

TEST_CASE_METHOD(limiter_fixture, "a platform that names an absurd time is not believed for ever") {
  const auto absurd = *base::parse_timestamp("9999-12-31T23:59:59Z");
  state.learn({base::uuid_from_name("one"), {}, absurd});
  CHECK(ask("one").not_before <= clock.now() + domain::longest_retry_delay);
  state.learn({base::uuid_from_name("two"), {{"posts", 100, 0, absurd}}, std::nullopt});
  CHECK(ask("two").not_before <= clock.now() + domain::longest_retry_delay);
  state.learn({base::uuid_from_name("three"), {{"posts", 100, 1, absurd}}, std::nullopt});
  ask("three");
  CHECK(ask("three").not_before <= clock.now() + domain::longest_retry_delay);
  clock.advance(domain::longest_retry_delay);
  CHECK(ask("one").granted);
  CHECK(ask("two").granted);
}

}  // namespace pulse::actors
