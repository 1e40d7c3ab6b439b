// A tenant with one channel on virtual time.
#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "tests/support/actor_fixture.hpp"

namespace pulse::actors {

struct tenant_fixture : support::actor_fixture {
  process& node = start_process();
  base::uuid tenant = tables.add_tenant();
  base::uuid channel = tables.add_channel(tenant);

  base::uuid deliver(std::chrono::milliseconds in, std::optional<base::uuid> to = std::nullopt) {
    return tables.add_delivery(to.value_or(channel), clock.now() + in);
  }
  void notify() { REQUIRE(actor_fixture::notify(node, tenant)); }

  /// Runs until an actor of this name is next, and ends it before it runs. False: none had anything to do.
  bool crash_next(const std::string& name) {
    for (int i = 0; i < 10'000 && scheduler.has_job(); ++i) {
      auto* next = dynamic_cast<caf::scheduled_actor*>(scheduler.jobs.front());
      if (next != nullptr && name == next->name()) {
        next->enqueue(nullptr, caf::make_message_id(caf::message_priority::high),
                      caf::make_message(caf::exit_msg{next->address(), caf::exit_reason::kill}), nullptr);
        return true;
      }
      scheduler.run_once();
    }
    return false;
  }
  /// Moves the clocks on and leaves what is to be done undone.
  void tick(std::chrono::milliseconds by) {
    clock.advance(by);
    scheduler.advance_time(by);
  }
  std::size_t told(const std::string& type) const {
    return static_cast<std::size_t>(std::count_if(tables.events.begin(), tables.events.end(),
                                                  [&type](const auto& each) { return each.type == type; }));
  }
};

}  // namespace pulse::actors
