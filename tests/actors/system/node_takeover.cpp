// The work of a node that has died.
#include <catch2/catch.hpp>

#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(
    node_fixture,
    "another node takes over only after the lease, waits for the deadline, and reconciles before it sends") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  REQUIRE(notify(a, tenant));
  auto& b = start_process();
  advance(1s);
  REQUIRE(platform.calls.size() == 1);
  platform.plan = {};

  // The first node freezes: it neither renews nor hears.
  a.rows.become(memory_store::mood::silent);
  CHECK_FALSE(notify(b, tenant));
  CHECK(tables.tenants.at(tenant).owner == a.id);
  advance_long(16s);
  CHECK(notify(b, tenant));
  CHECK(tables.tenants.at(tenant).owner == b.id);
  CHECK(tables.tenants.at(tenant).fence == 2);
  advance_long(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "found");
  CHECK(platform.calls.size() == 1);

  // It comes back with the answer in its hands, and has not heard yet of its lease: the fence refuses.
  const auto refused = tables.refused;
  a.rows.become(memory_store::mood::prompt);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  platform.reply_all();
  advance_long(1s);
  CHECK(row(id).external_id == "found");
  CHECK(tables.refused > refused);
}

TEST_CASE_METHOD(node_fixture, "after a process dies during a call, the next one finds out the outcome") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  const auto never = deliver(2s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  kill(a);
  platform.plan = {};
  tables.nodes.erase(a.id);  // known to be dead
  start_process();
  advance_long(30s);
  CHECK(state(id) == delivery_state::published);
  CHECK(state(never) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(node_fixture,
                 "what a dead node owned moves on when its lease ends, without being told and without a sweep") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(notify(a, tenant));
  start_process();
  tables.nodes[base::uuid_from_name("long dead")] = start - 1h;
  advance_long(20s);
  kill(a);
  advance_long(20s);
  CHECK(state(id) == delivery_state::published);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(node_fixture, "of two nodes that die together both leases' ends are noticed") {
  auto& a = start_process();
  const auto of_a = deliver(30s);
  REQUIRE(notify(a, tenant));
  advance(200ms);
  auto& b = start_process();
  const auto other = tables.add_tenant();
  const auto of_b = tables.add_delivery(tables.add_channel(other), start + 30s);
  REQUIRE(notify(b, other));
  advance(300ms);
  start_process();
  advance_long(20s);
  kill(a);
  kill(b);
  advance_long(15s);
  CHECK(state(of_a) == delivery_state::published);
  CHECK(state(of_b) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a lease's end that came while the database was away is noticed when it is back") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(notify(a, tenant));
  auto& b = start_process();
  advance_long(20s);
  kill(a);
  advance_long(8s);
  b.rows.become(memory_store::mood::silent);
  advance_long(12s);
  b.rows.become(memory_store::mood::prompt);
  advance_long(2s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a lease's end is noticed also when the clock is set back just before") {
  auto& a = start_process();
  const auto id = deliver(30s);
  REQUIRE(notify(a, tenant));
  start_process();
  advance_long(20s);
  kill(a);
  advance_long(14s);
  clock.advance(-300ms);
  advance_long(1500ms);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "a node that died without leaving work is swept once") {
  tables.nodes[base::uuid_from_name("long dead")] = start - 1h;
  auto& a = start_process();
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) <= 13);
}

}  // namespace pulse::actors
