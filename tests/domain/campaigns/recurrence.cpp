#include "domain/campaigns/recurrence.hpp"

#include <ctime>
#include <string>
#include <vector>

#include "tests/support/random_case.hpp"

namespace pulse::domain::campaigns {

namespace {

wall_time local(int year, unsigned month, unsigned day, int hour, int minute) {
  return date::local_days{date::year{year} / month / day} + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

std::vector<std::string> next_moments(const std::string& rule, wall_time start, const std::string& zone,
                                      const std::string& after, int count = 3) {
  const auto parsed = parse_recurrence(rule, start);
  REQUIRE(parsed.has_value());
  std::vector<std::string> made;
  auto moment = *base::parse_timestamp(after);
  for (int i = 0; i < count; ++i) {
    const auto next = next_of(*parsed, zone_clock{zone}, moment);
    if (!next) break;
    moment = *next;
    made.push_back(base::to_string(moment).substr(0, 16) + "Z");
  }
  return made;
}

}  // namespace

TEST_CASE("a recurrence rule runs on the wall clock of its zone") {
  CHECK(next_moments("FREQ=WEEKLY;BYDAY=MO,TH", local(2026, 11, 2, 9, 0), "Europe/Amsterdam", "2026-11-28T12:00:00Z") ==
        std::vector<std::string>{"2026-11-30T08:00Z", "2026-12-03T08:00Z", "2026-12-07T08:00Z"});
  CHECK(next_moments("RRULE:FREQ=MONTHLY;BYDAY=-1FR", local(2026, 1, 30, 17, 0), "America/New_York",
                     "2026-11-28T00:00:00Z") ==
        std::vector<std::string>{"2026-12-25T22:00Z", "2027-01-29T22:00Z", "2027-02-26T22:00Z"});
}

TEST_CASE("a recurrence that ends has no next time after its end") {
  const auto start = local(2026, 11, 2, 9, 0);
  CHECK(next_moments("FREQ=DAILY;COUNT=3", start, "UTC", "2026-11-02T10:00:00Z", 5) ==
        std::vector<std::string>{"2026-11-03T09:00Z", "2026-11-04T09:00Z"});
  CHECK(next_moments("FREQ=DAILY;UNTIL=20261104T090000", start, "UTC", "2026-11-02T10:00:00Z", 5) ==
        std::vector<std::string>{"2026-11-03T09:00Z", "2026-11-04T09:00Z"});
  CHECK(next_moments("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", start, "UTC", "2026-11-02T10:00:00Z").empty());
}

TEST_CASE("a recurrence keeps its wall-clock time over both changes of the clocks") {
  CHECK(next_moments("FREQ=DAILY", local(2027, 3, 1, 2, 30), "Europe/Amsterdam", "2027-03-27T12:00:00Z") ==
        std::vector<std::string>{"2027-03-28T01:00Z", "2027-03-29T00:30Z", "2027-03-30T00:30Z"});
  CHECK(next_moments("FREQ=DAILY", local(2027, 3, 1, 2, 30), "Europe/Amsterdam", "2027-10-30T12:00:00Z") ==
        std::vector<std::string>{"2027-10-31T00:30Z", "2027-11-01T01:30Z", "2027-11-02T01:30Z"});
}

TEST_CASE("an interval of hours goes on over midnight, however long ago it began") {
  CHECK(next_moments("FREQ=HOURLY;INTERVAL=5", local(2023, 12, 22, 0, 30), "UTC", "2023-12-23T01:30:00Z", 4) ==
        std::vector<std::string>{"2023-12-23T06:30Z", "2023-12-23T11:30Z", "2023-12-23T16:30Z", "2023-12-23T21:30Z"});
  CHECK(next_moments("FREQ=HOURLY;INTERVAL=36", local(2026, 11, 1, 9, 0), "UTC", "2026-11-28T12:00:00Z", 2) ==
        std::vector<std::string>{"2026-11-29T21:00Z", "2026-12-01T09:00Z"});
  CHECK(next_moments("FREQ=HOURLY", local(2015, 1, 1, 0, 15), "UTC", "2026-11-28T12:00:00Z", 1) ==
        std::vector<std::string>{"2026-11-28T12:15Z"});
}

TEST_CASE("what is no recurrence rule, or repeats too often, is refused with a reason") {
  for (const auto* text : {"", "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=NEVER", "every day", "FREQ=DAILY\nX",
                           "FREQ=", "BYDAY=MO", "FREQ=DAILY;BYSECOND=1,2,3"}) {
    INFO(text);
    const auto parsed = parse_recurrence(text, local(2026, 11, 2, 9, 0));
    REQUIRE(parsed.has_error());
    CHECK_FALSE(parsed.error().problem.empty());
  }
  CHECK(parse_recurrence("FREQ=DAILY;X=" + std::string(1000, 'A'), local(2026, 11, 2, 9, 0)).has_error());
}

TEST_CASE("a recurrence without any time is detected quickly") {
  const auto start = local(2026, 11, 2, 9, 0);
  const auto took = [&](const std::string& rule) {
    const auto begun = std::clock();  // of the processor, whatever else runs
    if (!parse_recurrence(rule, start).has_error())
      CHECK(next_moments(rule, start, "UTC", "2026-11-02T10:00:00Z").empty());
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  };
  for (const auto* rule : {"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5",
                           "FREQ=HOURLY;BYMONTH=1;BYYEARDAY=366", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=-6FR",
                           "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31"}) {
    CAPTURE(rule);
    CHECK(took(rule) < 5.0);  // hours until the year 2582 took 9
  }
  CHECK(parse_recurrence("FREQ=MONTHLY;BYDAY=6MO", start).has_error());
  CHECK_FALSE(parse_recurrence("FREQ=MONTHLY;BYDAY=5MO,-5FR,TU", start).has_error());
  CHECK_FALSE(parse_recurrence("FREQ=YEARLY;BYDAY=53MO", start).has_error());
  CHECK(next_moments("FREQ=DAILY;UNTIL=99991231T235959Z", start, "UTC", "2026-11-02T10:00:00Z", 1).size() == 1);
}

}  // namespace pulse::domain::campaigns
