// How nodes hand tenants over to each other.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/actors/system/node_fixture.hpp"

namespace pulse::actors {

namespace {

struct shares_fixture : node_fixture {
  std::vector<base::uuid> tenants;

  /// So many tenants, each with one post that is due in `in` and one long after.
  void add(int count, std::chrono::milliseconds in) {
    for (int i = 0; i < count; ++i) {
      const auto id = tenants.emplace_back(tables.add_tenant());
      const auto its = tables.add_channel(id);
      tables.add_delivery(its, clock.now() + in);
      tables.add_delivery(its, clock.now() + 9min);
    }
  }
  /// What a NOTIFY brings to the node that is told.
  void pass_on() {
    for (const auto& [node_id, tenant_id] : std::exchange(tables.told, {})) {
      const auto to =
          std::find_if(processes.begin(), processes.end(), [id = node_id](const auto& each) { return each.id == id; });
      if (to != processes.end() && to->node) notify_later(*to, tenant_id);
    }
    settle();
  }
  void live(std::chrono::milliseconds lasting) {
    for (; lasting.count() > 0; lasting -= 50ms) {
      advance(50ms, 10ms);
      pass_on();
    }
  }
  long owned_by(const base::uuid& node_id) {
    return std::count_if(tenants.begin(), tenants.end(),
                         [&](const auto& id) { return tables.tenants.at(id).owner == node_id; });
  }
};

}  // namespace

TEST_CASE_METHOD(shares_fixture, "a node that joins is handed its share of the tenants, and everything goes out once") {
  auto& a = start_process();
  add(8, 30s);
  for (const auto& id : tenants) REQUIRE(notify(a, id));
  auto& b = start_process();
  live(20s);
  CHECK(owned_by(a.id) == 4);
  CHECK(owned_by(b.id) == 4);
  for (const auto& id : tenants) CHECK(tables.tenants.at(id).fence == (tables.tenants.at(id).owner == b.id ? 3 : 1));
  live(20s);
  CHECK(platform.calls.size() == 8);
  CHECK_FALSE(platform.any_twice());
  CHECK(std::all_of(platform.calls.begin(), platform.calls.end(),
                    [this](const auto& each) { return each.at - (start + 30s) < 100ms; }));
}

TEST_CASE_METHOD(shares_fixture, "calls under way are finished before a tenant is handed over") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  add(2, 1s);
  for (const auto& id : tenants) REQUIRE(notify(a, id));
  live(2s);
  REQUIRE(platform.held() == 2);
  auto& b = start_process();
  live(6s);  // a has heard of b, and lets go
  CHECK(owned_by(b.id) == 0);
  platform.plan = {};
  platform.reply_all();
  live(1s);
  CHECK(owned_by(b.id) == 1);
  CHECK(platform.calls.size() == 2);
  CHECK(platform.looks.empty());
  CHECK(tables.refused == 0);
}

TEST_CASE_METHOD(shares_fixture, "a tenant whose handover fails stays where it is, and continues") {
  auto& a = start_process();
  add(2, 30s);
  for (const auto& id : tenants) REQUIRE(notify(a, id));
  a.rows.become(memory_store::call::hand_over, memory_store::mood::silent);
  start_process();
  live(40s);
  CHECK(owned_by(a.id) == 2);
  CHECK(platform.calls.size() == 2);
  CHECK_FALSE(platform.any_twice());
}

TEST_CASE_METHOD(shares_fixture, "changes during a handover are handled by the new owner") {
  auto& a = start_process();
  platform.plan = [](const auto&) { return fake_platform::manner{.is_held = true}; };
  add(2, 1s);
  for (const auto& id : tenants) REQUIRE(notify(a, id));
  live(2s);
  start_process();
  live(6s);
  std::vector<base::uuid> fresh;
  for (const auto& [id, its] : tables.channels) {
    if (id != channel) fresh.push_back(tables.add_delivery(id, clock.now()));
  }
  for (const auto& id : tenants) notify_later(a, id);
  settle();
  platform.plan = {};
  platform.reply_all();
  live(2s);
  for (const auto& id : fresh) CHECK(state(id) == delivery_state::published);
  CHECK(platform.looks.empty());
}

}  // namespace pulse::actors
