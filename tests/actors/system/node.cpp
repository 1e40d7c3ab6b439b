#include "actors/system/node.hpp"

#include <catch2/catch.hpp>

#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {

TEST_CASE_METHOD(node_fixture, "a node that starts finds the work by itself") {
  const auto overdue = deliver(-1min);
  const auto soon = deliver(10s);
  start_process();
  CHECK(state(overdue) == delivery_state::published);
  advance(10s);
  CHECK(state(soon) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 10s);
}

TEST_CASE_METHOD(node_fixture, "a sleeping tenant is woken in time for what was scheduled long ago") {
  start_process();
  const auto id = deliver(20min);  // nobody tells
  advance_long(20min);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.back().at == start + 20min);
}

TEST_CASE_METHOD(node_fixture, "a running supervisor learns in time of changes without a notice") {
  auto& a = start_process();
  deliver(8min);  // keeps it awake
  REQUIRE(notify(a, tenant));
  advance_long(30s);
  const auto id = deliver(150s);
  advance_long(150s);
  CHECK(state(id) == delivery_state::published);
  CHECK(platform.calls.at(0).at == start + 180s);
}

TEST_CASE_METHOD(node_fixture, "a node that may have missed notices sweeps at once, and no more than necessary") {
  auto& a = start_process();
  deliver(8min);
  REQUIRE(notify(a, tenant));
  advance_long(5s);
  const auto running = deliver(1s);
  const auto other = tables.add_tenant();
  const auto asleep = tables.add_delivery(tables.add_channel(other), clock.now() + 1s);
  caf::anon_send(a.node, sweep_again{});
  advance(1s);
  CHECK(state(running) == delivery_state::published);
  CHECK(state(asleep) == delivery_state::published);
  CHECK(platform.calls.at(0).at == start + 6s);
  const auto before = a.rows.count(memory_store::call::tenants);
  for (int i = 0; i < 500; ++i) {
    caf::anon_send(a.node, sweep_again{});
    advance(10ms);
  }
  CHECK(a.rows.count(memory_store::call::tenants) - before <= 6);
}

TEST_CASE_METHOD(node_fixture, "running supervisors are told to reload a few at a time") {
  constexpr std::size_t many = 2 * node_state::reloads_at_once + 100;
  for (std::size_t i = 0; i < many; ++i)
    tables.add_delivery(tables.add_channel(tables.add_tenant()), clock.now() + node_state::sweep_ahead - 1s);
  auto& a = start_process();
  advance_long(node_state::sweep_interval - 1s);
  const auto before = static_cast<std::size_t>(a.rows.count(memory_store::call::load));
  const auto loads = [&] { return static_cast<std::size_t>(a.rows.count(memory_store::call::load)) - before; };
  advance(1s);
  CHECK(loads() == node_state::reloads_at_once);
  advance(node_state::reload_pause);
  CHECK(loads() == 2 * node_state::reloads_at_once);
  advance(node_state::reload_pause * 5);
  CHECK(loads() == many);
}

TEST_CASE_METHOD(node_fixture,
                 "a node stops with its tenants, after what has left for the platforms has been recorded") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  const auto id = deliver(1s);
  const auto next = deliver(1s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  settle();
  CHECK(running() > nobody);
  platform.reply_all();
  settle();
  CHECK(state(id) == delivery_state::published);
  CHECK(state(next) == delivery_state::waiting);
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a node that is stopped twice stops, whatever it waits for") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  deliver(1s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  a.rows.become(memory_store::mood::silent);
  platform.reply_all();
  settle();
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  advance(3s);
  CHECK(running() > nobody);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  advance(1s);
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a node that is stopping starts nothing") {
  const auto nobody = running();
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  deliver(1s);
  REQUIRE(notify(a, tenant));
  advance(1s);
  caf::anon_send_exit(a.node, caf::exit_reason::user_shutdown);
  settle();
  const auto other = tables.add_tenant();
  tables.add_delivery(tables.add_channel(other), clock.now());
  const auto notice = notify_later(a, other);
  settle();
  CHECK(notice.is_answered());
  CHECK_FALSE(notice.reloaded());
  CHECK(platform.calls.size() == 1);
  platform.reply_all();
  settle();
  CHECK(running() == nobody);
}

TEST_CASE_METHOD(node_fixture, "a change of another node's tenant notifies that node") {
  auto& a = start_process();
  deliver(1h);
  REQUIRE(notify(a, tenant));
  auto& b = start_process();
  CHECK_FALSE(notify(b, tenant));
  REQUIRE(tables.told.size() == 1);
  CHECK(tables.told[0].first == a.id);
  CHECK(tables.told[0].second == tenant);
}

}  // namespace pulse::actors
