// A channel of one company, with a platform that answers as a test says.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "actors/publishing/channel.hpp"
#include "base/describe.hpp"
#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using domain::outcome_kind;
using support::fake_platform;
using support::memory_store;

struct channel_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in, std::optional<base::uuid> to = std::nullopt) {
    return tables.add_delivery(to.value_or(channel), clock.now() + in);
  }
  void notify() { REQUIRE(actor_fixture::notify(node, tenant)); }
  static fake_platform::manner refuse(outcome_kind kind) {
    return {.accepts = false, .says = domain::outcome{.kind = kind, .reason = "no"}};
  }
};

}  // namespace pulse::actors
