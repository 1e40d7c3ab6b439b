#include "actors/system/supervision.hpp"

#include <catch2/catch.hpp>

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");

}  // namespace

TEST_CASE(
    "a child that crashes is started again after a pause that grows, and the third crash within a minute parks it") {
  crash_count its;
  const auto first = its.add(noon);
  CHECK_FALSE(first.is_parked);
  CHECK(first.pause == crash_count::pause);
  const auto second = its.add(noon + 10s);
  CHECK_FALSE(second.is_parked);
  CHECK(second.pause == 2 * crash_count::pause);
  const auto third = its.add(noon + 60s);
  CHECK(third.is_parked);
  CHECK(third.crashes == 3);
  CHECK(third.pause == crash_count::window);
}

TEST_CASE("crashes of more than a minute ago are forgotten") {
  crash_count its;
  its.add(noon);
  its.add(noon + 1s);
  const auto later = its.add(noon + 62s);
  CHECK_FALSE(later.is_parked);
  CHECK(later.crashes == 1);
}

}  // namespace pulse::actors
