#include "domain/calendar/days.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using domain::clock_changes;
using domain::last_days;
using namespace std::chrono_literals;

namespace {

base::timestamp at(std::string_view text) { return *base::parse_timestamp(text); }

}  // namespace

TEST_CASE("the last days end with the one that holds now, in the zone's own calendar") {
  const auto days = last_days("Europe/Amsterdam", at("2026-11-22T23:30:00Z"), 2);  // 00:30 on the 23rd there
  REQUIRE(days.size() == 2);
  CHECK(days[0].day == "2026-11-22");
  CHECK(days[0].starts_at == at("2026-11-21T23:00:00Z"));
  CHECK(days[1].day == "2026-11-23");
  CHECK(days[1].ends_at == at("2026-11-23T23:00:00Z"));
}

TEST_CASE("days are as long as their zone makes them") {
  const auto back = last_days("Europe/Amsterdam", at("2026-10-25T12:00:00Z"), 1);
  CHECK(back[0].ends_at - back[0].starts_at == 25h);
  const auto forward = last_days("Europe/Amsterdam", at("2027-03-28T12:00:00Z"), 1);
  CHECK(forward[0].ends_at - forward[0].starts_at == 23h);
}

TEST_CASE("each day begins where the one before it ends, also where midnight is put forward over") {
  for (const auto* zone :
       {"Asia/Beirut", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe"}) {
    const auto days = last_days(zone, at("2026-11-22T12:00:00Z"), 366);
    INFO(zone);
    REQUIRE(days.size() == 366);
    for (std::size_t i = 1; i < days.size(); ++i) CHECK(days[i].starts_at == days[i - 1].ends_at);
    for (const auto& day : days) CHECK((day.starts_at.time_since_epoch() % 15min) == 0min);
  }
}

TEST_CASE("an unknown zone has the days of UTC") {
  CHECK(last_days("Nowhere/Atall", at("2026-11-22T12:00:00Z"), 1)[0].starts_at == at("2026-11-22T00:00:00Z"));
}

TEST_CASE("the moments at which clocks change are told with what they showed") {
  const auto changes = clock_changes("Europe/Amsterdam", at("2026-10-01T00:00:00Z"), at("2027-04-01T00:00:00Z"));
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].at == at("2026-10-25T01:00:00Z"));
  CHECK(changes[0].minutes == -60);
  CHECK(changes[0].from == "03:00");
  CHECK(changes[0].to == "02:00");
  CHECK(changes[0].abbreviation_before == "CEST");
  CHECK(changes[1].minutes == 60);
  CHECK(changes[1].from == "02:00");
  CHECK(changes[1].to == "03:00");
}

TEST_CASE("a change belongs to the time that begins with it") {
  CHECK(clock_changes("Europe/Amsterdam", at("2026-10-25T01:00:00Z"), at("2026-10-25T02:00:00Z")).size() == 1);
  CHECK(clock_changes("Europe/Amsterdam", at("2026-10-24T01:00:00Z"), at("2026-10-25T01:00:00Z")).empty());
  CHECK(clock_changes("UTC", at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).empty());
}
