#include "config/descriptors.hpp"

#include <catch2/catch.hpp>

using namespace pulse::config;

namespace {

settings usual() {
  settings all;
  all.http_connections = 10'000;
  all.http_threads = 2;
  all.database_request_connections = 8;
  all.database_costly_connections = 3;
  all.database_engine_connections = 4;
  return all;
}

}  // namespace

TEST_CASE("with many descriptors all limits are as configured") {
  const auto plan = plan_descriptors(usual(), 65'536, 512);
  CHECK(plan.connections == 10'000);
  CHECK(plan.calls_in_flight == 512);
}

TEST_CASE("with few descriptors the front door takes less, and outgoing calls keep theirs") {
  const auto plan = plan_descriptors(usual(), 1024, 512);
  CHECK(plan.calls_in_flight >= 200);
  CHECK(plan.connections >= 400);
  CHECK(plan.connections <= 512);
}

TEST_CASE("the parts never exceed the whole") {
  for (std::size_t limit = min_descriptors; limit < 20'000; limit += 7) {
    const auto plan = plan_descriptors(usual(), limit, 512);
    CHECK(plan.connections >= 4);
    CHECK(plan.calls_in_flight >= 4);
    CHECK(plan.connections + 2 * plan.calls_in_flight + 15 + live_stream_connections + 48 < limit + 8);
  }
}
