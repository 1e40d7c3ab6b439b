// Cron and RRULE over the clock changes of ten years, compared with Python's zoneinfo: some zones with every run, all
// of tzdata if PULSE_TZDATA_WHOLE is set.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <date/tz.h>

#include "domain/campaigns/cron.hpp"
#include "domain/campaigns/recurrence.hpp"
#include "tests/support/folders.hpp"
#include "tests/support/temporary_directory.hpp"

namespace pulse::domain::campaigns {

namespace {

using namespace std::chrono_literals;

constexpr auto first_day = date::sys_days{date::year{2024} / 1 / 1};
constexpr auto last_day = date::sys_days{date::year{2034} / 1 / 1};

/// Every kind of clock change that there is now: half hours, at midnight, twice a year for Ramadan, two hours, none,
/// days left out.
const std::vector<std::string> sampled{"Europe/Amsterdam",  "America/New_York", "Australia/Lord_Howe",
                                       "Africa/Casablanca", "Asia/Gaza",        "Africa/Cairo",
                                       "America/Havana",    "America/Santiago", "Asia/Beirut",
                                       "Antarctica/Troll",  "Pacific/Chatham",  "America/Scoresbysund",
                                       "Atlantic/Azores",   "Asia/Kathmandu",   "Europe/Dublin",
                                       "America/Asuncion",  "Pacific/Apia",     "UTC"};

bool is_whole() {
  const auto* const given = std::getenv("PULSE_TZDATA_WHOLE");
  return given != nullptr && *given != '\0';
}

std::vector<std::string> zones() {
  if (!is_whole()) return sampled;
  std::vector<std::string> made;
  for (const auto& each : date::get_tzdb().zones) made.push_back(each.name());
  return made;
}

std::int64_t seconds(base::timestamp at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

std::string line(const std::string& zone, const char* kind, const std::string& schedule, wall_time start,
                 base::timestamp from, base::timestamp until, const std::vector<base::timestamp>& moments) {
  auto made = zone + "|" + kind + "|" + schedule + "|" + date::format("%FT%T", start) + "|" +
              std::to_string(seconds(from)) + "|" + std::to_string(seconds(until)) + "|";
  for (const auto& each : moments) made += std::to_string(seconds(each)) + " ";
  return made + "\n";
}

template <class Schedule>
std::vector<base::timestamp> moments_of(const Schedule& schedule, const zone_clock& zone, base::timestamp from,
                                        base::timestamp until) {
  std::vector<base::timestamp> made;
  for (auto at = next_of(schedule, zone, from); at && *at <= until; at = next_of(schedule, zone, *at)) {
    made.push_back(*at);
  }
  return made;
}

/// Around each change of the zone's clocks in the ten years, and around the first day.
std::vector<base::timestamp> places(const std::string& zone) {
  std::vector<base::timestamp> made{first_day};
  const auto* const of = date::locate_zone(zone);
  for (auto at = date::sys_seconds{first_day}; at < last_day;) {
    const auto info = of->get_info(at);
    if (info.end >= last_day) break;
    made.push_back(info.end);
    at = info.end;
  }
  return made;
}

std::string crons_of(const std::string& zone) {
  const zone_clock clock{zone};
  std::string made;
  for (const auto* text :
       {"30 2 * * *", "0 0 * * *", "*/20 1-3 * * 0", "15 0,1,23 1,15 3,4,9-11 *", "5 3 13 * 5", "0 2 */2 * 1-5"}) {
    const auto schedule = parse_cron(text);
    REQUIRE(schedule);
    made += line(zone, "cron", text, clock.wall_time_at(first_day), first_day, last_day,
                 moments_of(*schedule, clock, first_day, last_day));
  }
  return made;
}

std::string recurrences_of(const std::string& zone) {
  const zone_clock clock{zone};
  std::string made;
  for (const auto place : places(zone)) {
    // The time of day at which the clocks change, and half an hour beside it.
    for (const auto beside : {-30min, 0min, 30min}) {
      const auto start = clock.wall_time_at(place - date::days{10}) + beside;
      const auto from = clock.moment_of(start) - 1s;
      for (const auto& [text, lasting] : std::vector<std::pair<std::string, date::days>>{
               {"FREQ=DAILY", date::days{20}},
               {"FREQ=WEEKLY;BYDAY=MO,SA,SU;BYHOUR=0,2,3;BYMINUTE=0,30", date::days{30}},
               {"FREQ=HOURLY;INTERVAL=5", date::days{14}},
               {"FREQ=DAILY;INTERVAL=2;BYHOUR=1,2;BYMINUTE=15;COUNT=12", date::days{40}},
               {"FREQ=MONTHLY;BYMONTHDAY=1,-1;BYHOUR=2;BYMINUTE=30", date::days{200}}}) {
        const auto rule = parse_recurrence(text, start);
        REQUIRE(rule);
        const auto until = from + lasting;
        made += line(zone, "rrule", text, start, from, until, moments_of(*rule, clock, from, until));
      }
    }
  }
  return made;
}

/// What the script says, and whether it found no difference.
std::pair<std::string, bool> compare(const std::string& lines, const std::string& by = "/usr/bin/python3",
                                     const std::string& script = "zone_moments.py") {
  const support::temporary_directory folder;
  const auto file = folder.write("moments.txt", lines);
  const auto command =
      by + " " + tests::source_folder() + "/tests/domain/campaigns/" + script + " < " + file.string() + " 2>&1";
  auto* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string said;
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) said.append(buffer.data(), got);
  return {said, ::pclose(pipe) == 0};
}

}  // namespace

TEST_CASE("cron and RRULE come when an independent implementation says, over ten years of clock changes") {
  std::string lines;
  for (const auto& zone : zones()) lines += crons_of(zone) + recurrences_of(zone);
  const auto [said, is_same] = compare(lines);
  INFO(said);
  CHECK(is_same);
  std::printf("  %s", said.c_str());
}

// Asked for by name, with the packages that the script names: `test_domain "[rrule-temporal]"`.
TEST_CASE("RRULE comes when npm's rrule-temporal says, over ten years of clock changes", "[.][rrule-temporal]") {
  REQUIRE(std::getenv("PULSE_RRULE_TEMPORAL") != nullptr);
  std::string lines;
  for (const auto& zone : zones()) lines += recurrences_of(zone);
  const auto [said, is_same] = compare(lines, "node", "zone_moments.mjs");
  INFO(said);
  CHECK(is_same);
  std::printf("  %s", said.c_str());
}

TEST_CASE("the comparison of zones sees one moment that is an hour off") {
  const zone_clock clock{"Europe/Amsterdam"};
  const auto schedule = parse_cron("30 2 * * *");
  REQUIRE(schedule);
  auto moments = moments_of(*schedule, clock, first_day, first_day + date::days{365});
  moments[100] += 1h;
  const auto wrong = line("Europe/Amsterdam", "cron", "30 2 * * *", clock.wall_time_at(first_day), first_day,
                          first_day + date::days{365}, moments);
  CHECK_FALSE(compare(wrong).second);
}

}  // namespace pulse::domain::campaigns
