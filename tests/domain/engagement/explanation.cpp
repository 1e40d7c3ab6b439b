#include "domain/engagement/explanation.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {

namespace {

engagement_circumstances a_like(std::string zone) {
  const auto at = *base::parse_timestamp("2026-12-31T20:15:00Z");
  return {.state = engagement_state::queued,
          .page_name = "Halden Bikes",
          .planned_at = at,
          .not_before = at,
          .expires_at = at,
          .is_confirmed = true,
          .hold = "stagger",
          .gap_seconds = 90,
          .spread_seconds = 4 * 3600,
          .hours = {.time_zone = std::move(zone), .from_minute = 8 * 60, .to_minute = 18 * 60}};
}

}  // namespace

TEST_CASE("an act is explained in its member's zone, and lengths as people say them") {
  const auto of = a_like("Asia/Kolkata");
  CHECK(
      how_planned(of) ==
      "The like was planned for Fri 1 Jan 2027, 01:45 IST: within the member's hours (08:00 to 18:00), in random order "
      "with the others', at least 90 seconds from any of theirs, spread over 4 hours.");
  CHECK(summary_of(of) ==
        "The like is confirmed and goes out at Fri 1 Jan 2027, 01:45 IST, because the member has just done something "
        "else.");
  auto waiting = a_like("Europe/Amsterdam");
  waiting.state = engagement_state::waiting_confirmation;
  CHECK(summary_of(waiting) ==
        "The like waits for its member's word, until Thu 31 Dec 2026, 21:15 CET. Nothing goes out before.");
}

TEST_CASE("an act is explained in its reader's zone, and the member's hours stay on the member's clock") {
  auto of = a_like("Asia/Kolkata");
  of.reader_zone = "Europe/Amsterdam";
  CHECK(how_planned(of) ==
        "The like was planned for Thu 31 Dec 2026, 21:15 CET: within the member's hours (08:00 to 18:00 in "
        "Asia/Kolkata), "
        "in random order with the others', at least 90 seconds from any of theirs, spread over 4 hours.");
  CHECK(summary_of(of) ==
        "The like is confirmed and goes out at Thu 31 Dec 2026, 21:15 CET, because the member has just done something "
        "else.");
  of.reader_zone = of.hours.time_zone;
  CHECK(how_planned(of) == how_planned(a_like("Asia/Kolkata")));
}

}  // namespace pulse::domain
