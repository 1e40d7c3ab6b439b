// The budgets of a whole tenant: its supervisor, limiters and channels together.
#include "actors/budgets/limiter.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::outcome_kind;

struct budget_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();

  base::uuid deliver(std::chrono::milliseconds in, const base::uuid& to) {
    return tables.add_delivery(to, clock.now() + in);
  }
  void notify() { REQUIRE(actor_fixture::notify(node, tenant)); }

  /// Runs until a limiter is next, and ends it before it runs. False: none had anything to do.
  bool crash_limiter() {
    for (; scheduler.has_job(); scheduler.run_once()) {
      auto* next = dynamic_cast<caf::scheduled_actor*>(scheduler.jobs.front());
      if (next == nullptr || std::string_view{next->name()} != limiter_state::name) continue;
      next->enqueue(nullptr, caf::make_message_id(caf::message_priority::high),
                    caf::make_message(caf::exit_msg{next->address(), caf::exit_reason::kill}), nullptr);
      return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE_METHOD(budget_fixture, "a limiter that crashes forgets nothing of what went out under it") {
  const auto type = GENERATE(channel_type::x, channel_type::website);
  tables.limits.push_back({type, domain::limit_scope::account, false, 10, 600, 5});
  const auto account = type == channel_type::x ? std::optional{base::uuid_from_name("account")} : std::nullopt;
  const auto limited = tables.add_channel(tenant, type, account);
  for (int i = 0; i < 12; ++i) deliver(1s + std::chrono::milliseconds{i}, limited);
  notify();
  advance(2s);
  REQUIRE(platform.calls.size() == 5);
  deliver(1s, tables.add_channel(tenant, type, account));  // somebody who asks it
  notify();
  clock.advance(1s);
  scheduler.advance_time(1s);
  REQUIRE(crash_limiter());
  advance_long(110s);
  // One more by the budget of 100 s each; the other website has one of its own.
  CHECK(platform.calls.size() == (type == channel_type::x ? 6 : 7));
}

TEST_CASE_METHOD(budget_fixture, "a platform's refusal is remembered through sleep, restart and takeover") {
  const auto how = GENERATE(0, 1);
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  const auto also_x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  platform.script.push_back(
      {.accepts = false,
       .says = domain::outcome{.kind = outcome_kind::rate_limited, .retry_at = start + 1h, .reason = "429"}});
  deliver(1s, x);
  notify();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  const auto awake = running();
  auto* now_at = &node;
  if (how == 0) {
    advance_long(11min);  // what waits for an hour is out of sight by then
    CHECK(running() < awake);
  } else {
    kill(node);
    now_at = &start_process();
    advance_long(32s);
  }
  const auto other = deliver(1s, also_x);
  REQUIRE(actor_fixture::notify(*now_at, tenant));
  advance_long(start + 1h - 10s - clock.now());
  CHECK(platform.calls.size() == 1);
  advance_long(1min);
  CHECK(platform.calls.size() == 3);
  CHECK(state(other) == delivery_state::published);
}

TEST_CASE_METHOD(budget_fixture,
                 "a budget that is relaxed frees what already waits for it, and nothing asks without a change") {
  tables.limits.push_back({channel_type::x, domain::limit_scope::account, false, 1, 3'600, 1});
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  for (int i = 0; i < 4; ++i) deliver(1s, x);
  notify();
  advance(2s);
  REQUIRE(platform.calls.size() == 1);
  const auto ran = steps;
  notify();
  CHECK(steps - ran < 20);
  tables.limits.back() = {channel_type::x, domain::limit_scope::account, false, 100, 900, 50};
  notify();
  settle();
  CHECK(platform.calls.size() == 4);
  advance(5s);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(budget_fixture,
                 "a retry after attempts that never called the platform goes at its announced time, restarted or not") {
  const auto type = GENERATE(channel_type::x, channel_type::linkedin, channel_type::facebook, channel_type::threads);
  const auto scope = GENERATE(domain::limit_scope::account, domain::limit_scope::app, domain::limit_scope::tenant);
  const bool is_restarted = GENERATE(false, true);
  CAPTURE(base::to_name(type), base::to_name(scope), is_restarted);
  tables.limits.push_back({type, scope, false, 1, 86'400, 1});
  const auto connect = [&](process& to) {
    if (type != channel_type::x) to.platforms.add(std::make_unique<support::fake_connector>(platform, type));
  };
  connect(node);
  const auto its = tables.add_channel(tenant, type, base::uuid_from_name("account"));
  for (int i = 0; i < 2; ++i) {
    platform.script.push_back(
        {.accepts = false,
         .says = domain::outcome{
             .kind = outcome_kind::transient, .reason = "the image did not arrive", .was_called = false}});
  }
  const auto id = deliver(1s, its);
  notify();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  auto announced = tables.deliveries.at(id).not_before;
  REQUIRE(announced > clock.now());
  if (is_restarted && scope != domain::limit_scope::app) {  // an app's budget is not in the rows
    kill(node);
    auto& again = start_process();
    connect(again);
    advance_long(32s);
    REQUIRE(actor_fixture::notify(again, tenant));
    announced = std::max(announced, clock.now());
  }
  advance_long(announced - clock.now() + 100ms);
  REQUIRE(platform.calls.size() == 2);
  CHECK(platform.calls.back().at - announced <= 100ms);
  announced = tables.deliveries.at(id).not_before;
  advance_long(announced - clock.now() + 100ms);
  REQUIRE(platform.calls.size() == 3);
  CHECK(platform.calls.back().at - announced <= 100ms);
  CHECK(state(id) == delivery_state::published);
}

}  // namespace pulse::actors
