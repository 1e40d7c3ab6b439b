#include "domain/campaigns/cron.hpp"

#include <string>
#include <vector>

#include "tests/support/random_case.hpp"

namespace pulse::domain::campaigns {

namespace {

base::timestamp at(const std::string& text) { return *base::parse_timestamp(text); }

std::vector<std::string> next_three(const std::string& expression, const std::string& zone, const std::string& after) {
  const auto schedule = parse_cron(expression);
  REQUIRE(schedule.has_value());
  std::vector<std::string> made;
  auto moment = at(after);
  for (int i = 0; i < 3; ++i) {
    const auto next = next_of(*schedule, zone_clock{zone}, moment);
    if (!next) break;
    moment = *next;
    made.push_back(base::to_string(moment).substr(0, 16) + "Z");
  }
  return made;
}

}  // namespace

TEST_CASE("a cron expression runs on the wall clock of its zone") {
  CHECK(next_three("0 9 * * mon,thu", "Europe/Amsterdam", "2026-11-28T12:00:00Z") ==
        std::vector<std::string>{"2026-11-30T08:00Z", "2026-12-03T08:00Z", "2026-12-07T08:00Z"});
  CHECK(next_three("*/20 8-9 * * *", "Asia/Kolkata", "2026-11-28T03:25:00Z") ==
        std::vector<std::string>{"2026-11-28T03:30Z", "2026-11-28T03:50Z", "2026-11-28T04:10Z"});
  CHECK(next_three("@monthly", "America/New_York", "2026-11-28T00:00:00Z") ==
        std::vector<std::string>{"2026-12-01T05:00Z", "2027-01-01T05:00Z", "2027-02-01T05:00Z"});
  CHECK(next_three("0 0 29 2 *", "UTC", "2026-11-28T00:00:00Z") ==
        std::vector<std::string>{"2028-02-29T00:00Z", "2032-02-29T00:00Z", "2036-02-29T00:00Z"});
  CHECK(next_three("30 6 13 * fri", "UTC", "2026-11-12T23:00:00Z") ==  // either day is enough, as in crontab(5)
        std::vector<std::string>{"2026-11-13T06:30Z", "2026-11-20T06:30Z", "2026-11-27T06:30Z"});
}

TEST_CASE("a time that the clocks jump over runs at the jump, and one that comes twice runs once") {
  CHECK(next_three("30 2 * * *", "Europe/Amsterdam", "2027-03-27T12:00:00Z") ==  // 28 March: 02:30 does not exist
        std::vector<std::string>{"2027-03-28T01:00Z", "2027-03-29T00:30Z", "2027-03-30T00:30Z"});
  CHECK(next_three("30 2 * * *", "Europe/Amsterdam", "2027-10-30T12:00:00Z") ==  // 31 October: 02:30 comes twice
        std::vector<std::string>{"2027-10-31T00:30Z", "2027-11-01T01:30Z", "2027-11-02T01:30Z"});
  CHECK(next_three("*/30 2 * * *", "Europe/Amsterdam", "2027-10-30T23:59:00Z") ==
        std::vector<std::string>{"2027-10-31T00:00Z", "2027-10-31T00:30Z", "2027-11-01T01:00Z"});
}

TEST_CASE("an expression that never comes has no next time") {
  CHECK(next_three("0 0 30 2 *", "UTC", "2026-11-28T00:00:00Z").empty());
  CHECK(next_three("0 0 31 4,6,9,11 *", "Europe/Berlin", "2026-11-28T00:00:00Z").empty());
}

TEST_CASE("what is no cron expression is refused with a reason") {
  for (const auto* text : {"",           "* * * *",      "* * * * * *",  "60 * * * *",
                           "* 24 * * *", "* * 0 * *",    "* * 32 * *",   "* * * 13 *",
                           "* * * * 8",  "*/0 * * * *",  "*/-1 * * * *", "5-1 * * * *",
                           "a * * * *",  "1,,2 * * * *", "1- * * * *",   "-1 * * * *",
                           "@reboot",    "* * * foo *",  "1/ * * * *",   "99999999999999999999 * * * *",
                           "+1 * * * *"}) {
    INFO(text);
    const auto parsed = parse_cron(text);
    REQUIRE(parsed.has_error());
    CHECK_FALSE(parsed.error().empty());
  }
  CHECK(parse_cron(std::string(300, '*')).has_error());
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 2'000; ++i) {
    const auto parsed = parse_cron(random.bytes(random.between<std::size_t>(0, 40)));
    if (parsed) CHECK(parsed->hours.any());
  }
}

TEST_CASE("a next time is later, and the wall clock then shows a time of the schedule or has just jumped over one") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const std::vector<std::string> zones{"Europe/Amsterdam", "America/St_Johns",  "Australia/Lord_Howe",
                                       "Pacific/Apia",     "Africa/Casablanca", "UTC",
                                       "Asia/Tehran"};
  for (int i = 0; i < 300; ++i) {
    const auto expression = std::to_string(random.between(0, 59)) + " " + std::to_string(random.between(0, 23)) +
                            " * * " + (random.between(0, 1) == 0 ? "*" : std::to_string(random.between(0, 6)));
    const zone_clock zone{zones[random.between<std::size_t>(0, zones.size() - 1)]};
    const auto schedule = *parse_cron(expression);
    auto moment = at("2026-01-01T00:00:00Z") + std::chrono::minutes{random.between(0, 5 * 365 * 1440)};
    for (int n = 0; n < 20; ++n) {
      const auto next = next_of(schedule, zone, moment);
      REQUIRE(next);
      REQUIRE(*next > moment);
      const auto shown = zone.wall_time_at(*next);
      const auto day = date::floor<date::days>(shown);
      const auto time = date::floor<std::chrono::minutes>(shown - day).count();
      const bool is_scheduled =
          schedule.hours[static_cast<std::size_t>(time / 60)] && schedule.minutes[static_cast<std::size_t>(time % 60)];
      const bool has_jumped = zone.wall_time_at(*next - std::chrono::seconds{1}) + std::chrono::seconds{1} != shown;
      REQUIRE((is_scheduled || has_jumped));
      moment = *next;
    }
  }
}

}  // namespace pulse::domain::campaigns
