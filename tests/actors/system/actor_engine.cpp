#include "actors/system/actor_engine.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "connectors/connector.hpp"
#include "tests/support/memory_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

/// The engine with its real threads on an empty database in memory, which only the engine touches.
struct running_engine {
  base::system_clock clock;
  support::memory_database tables;
  support::memory_store rows{tables, clock, base::uuid_from_name("node")};
  connectors::connector_registry platforms;
  lease own;
  local_app_budgets app_limits;
  actors::services services{.clock = clock,
                            .store = rows,
                            .platforms = platforms,
                            .node_lease = own,
                            .app_limits = app_limits,
                            .open_token = {},
                            .random = [] { return 0.5; },
                            .rules = {}};
  actor_engine engine{services, own, {.threads = 1}};

  /// Whether `heard` was called, once.
  bool is_heard() {
    std::promise<void> heard;
    auto waits = heard.get_future();
    engine.notify(base::uuid_from_name("tenant"), [&heard] { heard.set_value(); });
    return waits.wait_for(20s) == std::future_status::ready;
  }
};

}  // namespace

TEST_CASE("whoever tells the engine something hears back, also from one that is stopped") {
  running_engine running;
  CHECK(running.is_heard());
  running.engine.stop(20s);
  CHECK(running.is_heard());
  running.engine.stop(20s);  // again
}

TEST_CASE("an engine that is not stopped stops when it ends, and everybody hears back") {
  std::promise<void> heard;
  auto waits = heard.get_future();
  {
    running_engine running;
    running.engine.notify(base::uuid_from_name("tenant"), [&heard] { heard.set_value(); });
  }
  CHECK(waits.wait_for(20s) == std::future_status::ready);
}

}  // namespace pulse::actors
