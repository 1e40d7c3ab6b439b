#include "http/routes/campaigns/run_steps.hpp"

#include <catch2/catch.hpp>

namespace pulse::http::routes {

TEST_CASE("a recorded step is told with the figures that it was recorded with") {
  persistence::runs::recorded_step from;
  from.kind = "channels_chosen";
  from.facts = {{"count", 2}, {"channels", {"x", "website"}}};
  const auto told = tell_step(std::move(from), domain::zone_clock{"UTC"});
  CHECK(told.sentence == "It is for 2 channels: X, Website.");
  CHECK(told.rule == "action");
  CHECK(told.figures.at("count").as_int64() == 2);
}

}  // namespace pulse::http::routes
