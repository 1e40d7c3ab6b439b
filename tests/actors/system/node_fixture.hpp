// A company with a channel, and the processes that may run it.
#pragma once

#include "actors/system/node.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using domain::delivery_state;
using support::fake_platform;
using support::memory_store;

struct node_fixture : support::actor_fixture {
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in) { return tables.add_delivery(channel, clock.now() + in); }
};

}  // namespace pulse::actors
