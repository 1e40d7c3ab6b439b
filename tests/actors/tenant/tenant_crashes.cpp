// Crashes of a tenant's supervisor, or of one of its children.
#include "tests/actors/tenant/tenant_fixture.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using support::fake_platform;
using support::memory_store;

TEST_CASE_METHOD(tenant_fixture,
                 "a channel that crashes before sending comes back from its rows, and its siblings notice nothing") {
  const auto other = tables.add_channel(tenant);
  platform.script.push_back({.throws = true});
  const auto id = deliver(1s);
  const auto sibling = deliver(1s + 1ms, other);
  notify();
  advance(1'001ms);
  CHECK(state(sibling) == delivery_state::published);
  CHECK(state(id) == delivery_state::sending);
  advance_long(90s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.looks.size() == 2);  // looked at once, and before it was sent again
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(tenant_fixture, "a channel that crashes while the platform has the post does not send it again") {
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  notify();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  const auto next = deliver(1s);
  notify();
  tick(1s);
  REQUIRE(crash_next("channel"));
  platform.plan = {};
  advance_long(60s);
  platform.reply_all();  // too late: nobody listens
  settle();
  CHECK(state(id) == delivery_state::published);
  CHECK(state(next) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
  CHECK(platform.calls.size() == 2);
}

TEST_CASE_METHOD(tenant_fixture,
                 "rows that were read before a crash do not make an attempt that is under way begin again") {
  // The channel also has to look at another post, which is what it will crash by.
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  platform.look_throws = true;
  const auto poison = deliver(-1min);
  auto& row_of_poison = tables.deliveries.at(poison);
  row_of_poison.state = delivery_state::unknown;
  row_of_poison.attempt = 1;
  row_of_poison.deadline_at = row_of_poison.look_at.emplace(start + 2s);
  row_of_poison.attempts[1] = {1, start - 1min, start + 2s};
  const auto id = deliver(1s);
  notify();
  // A read of the rows that sees the post waiting, and is answered after the crash.
  node.rows.become(memory_store::call::load, memory_store::mood::slow);
  notify_later(node, tenant);
  settle();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  advance(1'500ms);  // crashed, and started again
  platform.look_throws = false;
  platform.plan = {};
  node.rows.release();
  node.rows.become(memory_store::call::load, memory_store::mood::prompt);
  settle();
  node.rows.release();
  advance_long(2min);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.accepted.at(id) == 1);
}

TEST_CASE_METHOD(
    tenant_fixture,
    "three crashes within a minute leave a channel alone, people are told, and a minute later it is tried again") {
  const auto other = tables.add_channel(tenant);
  platform.plan = [this](const auto& what) { return fake_platform::manner{.throws = what.channel_id == channel}; };
  for (int i = 0; i < 5; ++i) deliver(1s, channel);
  notify();
  advance(5s);
  CHECK(told("ChannelDegraded") == 1);
  const auto sibling = deliver(1s, other);
  notify();
  advance(1s);
  CHECK(state(sibling) == delivery_state::published);
  platform.plan = {};
  const auto sent = platform.calls.size();
  advance(30s);
  CHECK(platform.calls.size() == sent);  // left alone
  advance_long(3min);
  for (const auto& [id, row] : tables.deliveries) CHECK(row.state == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
  CHECK(told("ChannelDegraded") == 1);
}

TEST_CASE_METHOD(tenant_fixture, "a crashed channel is not started again before its pause is over") {
  platform.plan = [](const auto&) { return fake_platform::manner{.throws = true}; };
  for (int i = 0; i < 20; ++i) deliver(std::chrono::milliseconds{1'000 + 20 * i});
  notify();
  advance(1'150ms);
  const auto attempts = std::count_if(tables.deliveries.begin(), tables.deliveries.end(),
                                      [](const auto& one) { return one.second.attempt > 0; });
  CHECK(attempts == 1);  // one crash, and the pause of 200 ms is not over
}

TEST_CASE_METHOD(tenant_fixture,
                 "a limiter that crashes is replaced, and whoever was waiting for it asks the new one") {
  const auto x = tables.add_channel(tenant, channel_type::x, base::uuid_from_name("account"));
  const auto id = deliver(1s, x);
  notify();
  advance(999ms);
  tick(1ms);
  REQUIRE(crash_next("limiter"));
  settle();
  CHECK(platform.calls.empty());
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.size() == 1);
}

TEST_CASE_METHOD(tenant_fixture, "a limiter that keeps crashing does not keep the engine busy") {
  const auto id = deliver(1s);
  notify();
  advance(999ms);
  tick(1ms);
  int crashes = 0;
  for (; crashes < 50 && crash_next("limiter"); ++crashes) scheduler.run_once();
  CHECK(crashes < 50);
  advance(5s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(tenant_fixture,
                 "three crashes within a minute leave a limiter or a supervisor alone, people are told, and a minute "
                 "later it goes on") {
  const std::string name = GENERATE("limiter", "tenant");
  INFO(name);
  const auto id = deliver(1s);
  notify();
  advance(999ms);
  tick(1ms);
  for (int crash = 1; crash <= 3; ++crash) {
    CHECK(told("ChannelDegraded") == 0);
    REQUIRE(crash_next(name));
    settle();
    if (crash < 3) tick(crash * crash_count::pause);
  }
  CHECK(told("ChannelDegraded") == 1);
  advance_long(55s);
  CHECK(platform.calls.empty());
  notify_later(node, tenant);
  advance_long(10s);
  CHECK(state(id) == delivery_state::published);
  CHECK(told("ChannelDegraded") == 1);
}

TEST_CASE_METHOD(tenant_fixture,
                 "a supervisor that crashes at any moment comes back with a higher fence, and nothing is doubled") {
  for (int at = 0; at < 25; ++at) {
    tenant_fixture each;
    const auto id = each.deliver(1s);
    each.notify();
    each.advance(999ms);
    each.tick(1ms);
    for (int i = 0; i < at && each.scheduler.has_job(); ++i) each.scheduler.run_once();
    const auto fence = each.tables.tenants.at(each.tenant).fence;
    if (!each.crash_next("tenant")) continue;
    each.advance_long(2min);
    INFO("crashed after " << at << " runs");
    CHECK(each.tables.tenants.at(each.tenant).fence > fence);
    CHECK(each.state(id) == delivery_state::published);
    CHECK_FALSE(each.platform.any_twice());
  }
}

TEST_CASE_METHOD(tenant_fixture, "a channel that crashes at any moment leaves nothing stuck and nothing doubled") {
  int crashed = 0;
  for (int at = 0; at < 25; ++at) {
    tenant_fixture each;
    const auto first = each.deliver(1s);
    const auto second = each.deliver(1s);
    each.notify();
    each.advance(999ms);
    each.tick(1ms);
    for (int i = 0; i < at && each.scheduler.has_job(); ++i) each.scheduler.run_once();
    if (!each.crash_next("channel")) continue;
    ++crashed;
    each.advance_long(2min);
    INFO("crashed after " << at << " runs");
    CHECK(each.state(first) == delivery_state::published);
    CHECK(each.state(second) == delivery_state::published);
    CHECK_FALSE(each.platform.any_twice());
  }
  CHECK(crashed > 3);
}

}  // namespace pulse::actors
