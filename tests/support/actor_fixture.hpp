// The engine on virtual time: CAF's deterministic scheduler, a clock that moves with it, rows in memory and a
// controlled platform. Nothing here sleeps, and two runs are identical.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>
#include <catch2/catch.hpp>

#include "actors/system/node.hpp"
#include "tests/support/fake_platform.hpp"
#include "tests/support/memory_store.hpp"

namespace pulse::support {

class actor_fixture {
 public:
  /// A process of the engine with all that is its own.
  struct process {
    base::uuid id;
    actors::lease lease;
    memory_store rows;
    connectors::connector_registry platforms;
    actors::local_app_budgets app_limits;
    actors::services services;
    actors::node_actor node;

    process(actor_fixture& in, const base::uuid& its_id)
        : id(its_id),
          lease([&in] { return in.scheduler.clock().now(); }),
          rows(in.tables, in.clock, its_id),
          services{.clock = in.clock,
                   .store = rows,
                   .platforms = platforms,
                   .node_lease = lease,
                   .app_limits = app_limits,
                   .open_token =
                       [](const persistence::claimed_content&) {
                         return std::optional<base::secret>{base::secret{"token"}};
                       },
                   .random = [] { return 0.5; },
                   .rules = {}} {
      platforms.add(std::make_unique<fake_connector>(in.platform, domain::channel_type::website));
      platforms.add(std::make_unique<fake_connector>(in.platform, domain::channel_type::x));
    }
  };

  /// When every test begins.
  const base::timestamp start = *base::parse_timestamp("2026-11-22T12:00:00Z");
  base::manual_clock clock{start};

 private:
  caf::actor_system_config config_;

 public:
  caf::actor_system system;
  caf::scheduler::test_coordinator& scheduler;
  memory_database tables;
  fake_platform platform{clock};
  std::list<process> processes;
  std::size_t steps = 0;  // times that an actor ran

  actor_fixture()
      : system(for_tests(config_)), scheduler(dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler())) {}

  ~actor_fixture() {
    for (auto& each : processes) kill(each);
  }

  /// A process that has not started: its moods can be set.
  process& make_process() {
    return processes.emplace_back(*this, base::uuid_from_name("node" + std::to_string(processes.size())));
  }

  process& start_process() {
    auto& made = make_process();
    launch(made);
    return made;
  }

  void launch(process& which) {
    which.node = system.spawn(actors::node, &which.services, &which.lease);
    settle();
  }

  /// Ends a process as far as that goes in one address space: whatever it still waits for never comes.
  void kill(process& which) {
    which.rows.abandon();
    platform.abandon();
    if (which.node) {
      // Twice: the first time asks, and what is under way may go on for ever; the second time does not ask.
      caf::anon_send_exit(which.node, caf::exit_reason::user_shutdown);
      settle();
      caf::anon_send_exit(which.node, caf::exit_reason::user_shutdown);
      settle();
      which.node = nullptr;
    }
    which.rows.abandon();
  }

  /// Lets everything happen that can happen now.
  void settle() {
    constexpr std::size_t most = 200'000;
    const auto before = steps;
    do {
      while (scheduler.try_run_once()) {
        ++steps;
        if (steps - before > most) FAIL("the actors never come to rest");
      }
    } while (scheduler.advance_time(caf::timespan{0}) > 0);
  }

  /// Moves both clocks on, in steps so small that periodic timers go off as often as they should.
  void advance(std::chrono::microseconds by, std::chrono::microseconds step = std::chrono::milliseconds{1}) {
    settle();
    while (by.count() > 0) {
      const auto next = std::min(by, step);
      clock.advance(next);
      scheduler.advance_time(next);
      settle();
      by -= next;
    }
  }

  /// A long time, in larger steps.
  void advance_long(std::chrono::microseconds by) { advance(by, std::chrono::milliseconds{50}); }

  /// Tells a node that a tenant's rows have changed; what it answers, or nothing when it has not answered yet.
  struct pending_notice {
    std::shared_ptr<std::optional<bool>> answer = std::make_shared<std::optional<bool>>();
    bool is_answered() const { return answer->has_value(); }
    bool reloaded() const { return is_answered() && **answer; }
  };

  pending_notice notify_later(process& which, const base::uuid& tenant_id) {
    pending_notice notice;
    system.spawn([to = which.node, tenant_id, answer = notice.answer](caf::event_based_actor* self) {
      self->request(to, std::chrono::seconds{30}, actors::notify{tenant_id})
          .then([answer](bool reloaded) { *answer = reloaded; }, [answer](const caf::error&) { *answer = false; });
    });
    return notice;
  }

  bool notify(process& which, const base::uuid& tenant_id) {
    const auto notice = notify_later(which, tenant_id);
    settle();
    return notice.reloaded();
  }

  const memory_database::delivery& row(const base::uuid& delivery_id) const {
    return tables.deliveries.at(delivery_id);
  }
  domain::delivery_state state(const base::uuid& delivery_id) const { return row(delivery_id).state; }

  /// The state of the actor behind a handle.
  template <class State, class Handle>
  static State& state_of(const Handle& handle) {
    return dynamic_cast<caf::stateful_actor<State, typename Handle::base>&>(
               *caf::actor_cast<caf::abstract_actor*>(handle))
        .state;
  }

  /// Actors that run.
  std::size_t running() { return system.registry().running(); }

 private:
  static caf::actor_system_config& for_tests(caf::actor_system_config& config) {
    config.set("scheduler.policy", caf::atom("testing"));
    config.set("scheduler.max-throughput", std::size_t{100});
    return config;
  }
};

}  // namespace pulse::support
