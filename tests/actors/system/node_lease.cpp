// How a node keeps and loses its lease, and what it may do afterwards.
#include <catch2/catch.hpp>

#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(node_fixture, "a lease outlives a database that is away for as long as two renewals") {
  auto& a = start_process();
  advance_long(4900ms);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(8s);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  for (int i = 0; i < 200; ++i) {
    advance_long(50ms);
    REQUIRE(a.lease.is_valid());
  }
}

TEST_CASE_METHOD(node_fixture, "a lease that ran out without a takeover is regained, with the known outcomes") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  platform.reply_all();
  advance_long(25s);
  REQUIRE_FALSE(a.lease.is_valid());
  a.rows.become(memory_store::mood::prompt);
  advance_long(1s);
  CHECK(a.lease.is_valid());
  CHECK(tables.tenants.at(tenant).fence == 1);
  advance_long(10s);
  CHECK(state(id) == delivery_state::published);
  CHECK(row(id).external_id == "at-1");
  CHECK(platform.looks.empty());
}

TEST_CASE_METHOD(node_fixture,
                 "a renewal that is answered late does not shorten the lease of one that was asked for later") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  advance_long(5s);
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  a.rows.release();
  advance_long(13s);
  CHECK(a.lease.is_valid());  // 13 s after the second question
}

TEST_CASE_METHOD(node_fixture, "a lease is renewed, and lost when the database does not answer") {
  auto& a = start_process();
  CHECK(a.lease.is_valid());
  advance_long(10min);
  CHECK(a.lease.is_valid());
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(13s - lease::renewal);
  CHECK(a.lease.is_valid());
  advance_long(lease::renewal + 2s);
  CHECK_FALSE(a.lease.is_valid());
  // In the database it lasts longer than this node believes.
  CHECK(tables.nodes.at(a.id) > start);
}

TEST_CASE_METHOD(node_fixture, "a lease counts from the request, not from the answer") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);
  REQUIRE(a.rows.waiting() == 1);
  advance_long(4s);
  a.rows.release();
  settle();
  advance_long(9s);
  CHECK(a.lease.is_valid());  // 13 s after the question
  advance_long(1s + 100ms);
  CHECK_FALSE(a.lease.is_valid());
}

TEST_CASE_METHOD(
    node_fixture,
    "a node that has been replaced sends nothing more, and works again for others after it has entered anew") {
  auto& a = start_process();
  const auto late = deliver(40s);
  REQUIRE(notify(a, tenant));
  a.rows.become(memory_store::call::renew, memory_store::mood::silent);
  advance_long(20s);
  auto& b = start_process();
  CHECK(tables.tenants.at(tenant).owner == b.id);
  advance_long(20s + 10ms);
  CHECK(platform.calls.size() == 1);
  CHECK(row(late).fence == 2);
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  advance_long(6s);
  CHECK(a.lease.is_valid());
  CHECK(tables.nodes.contains(a.id));

  const auto other = tables.add_tenant();
  const auto id = tables.add_delivery(tables.add_channel(other), clock.now() + 1s);
  CHECK(notify(a, other));
  advance(1s);
  CHECK(state(id) == delivery_state::published);
  CHECK(tables.tenants.at(other).owner == a.id);
  CHECK(tables.tenants.at(tenant).owner == b.id);
}

TEST_CASE_METHOD(node_fixture, "a node that loses its lease often does not sweep more often") {
  auto& a = start_process();
  for (int i = 0; i < 10; ++i) {
    tables.nodes.clear();  // buried
    advance_long(12s);
    REQUIRE(a.lease.is_valid());
  }
  const auto before = a.rows.count(memory_store::call::tenants);
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 11);
}

TEST_CASE_METHOD(node_fixture, "a node that enters while the database is slow enters once") {
  auto& a = make_process();
  a.rows.become(memory_store::call::enter, memory_store::mood::slow);
  launch(a);
  advance_long(30s);
  a.rows.become(memory_store::call::enter, memory_store::mood::prompt);
  a.rows.release();
  settle();
  const auto before = a.rows.count(memory_store::call::tenants);
  advance_long(10min);
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 11);
  CHECK(a.lease.is_valid());
}

TEST_CASE_METHOD(node_fixture, "a node that is notified of a tenant before it has entered takes it afterwards") {
  auto& a = make_process();
  a.rows.become(memory_store::call::enter, memory_store::mood::silent);
  launch(a);
  const auto id = deliver(0s);
  CHECK_FALSE(notify(a, tenant));
  CHECK(a.rows.count(memory_store::call::take) == 0);
  a.rows.become(memory_store::call::enter, memory_store::mood::prompt);
  advance(1s);
  CHECK(state(id) == delivery_state::published);
}

TEST_CASE_METHOD(node_fixture, "an old answer does not bring a lost lease back") {
  auto& a = start_process();
  a.rows.become(memory_store::call::renew, memory_store::mood::slow);
  advance_long(5s);  // asked, granted, and the answer is on its way
  a.rows.become(memory_store::call::renew, memory_store::mood::prompt);
  tables.nodes.clear();
  a.rows.become(memory_store::call::enter, memory_store::mood::silent);
  advance_long(5s);
  REQUIRE_FALSE(a.lease.is_valid());
  a.rows.release();
  settle();
  CHECK_FALSE(a.lease.is_valid());
}

}  // namespace pulse::actors
