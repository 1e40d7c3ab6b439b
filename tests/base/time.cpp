#include "base/time.hpp"

#include "tests/support/random_case.hpp"

using namespace pulse::base;
using namespace std::chrono_literals;
using pulse::support::random_source;

namespace {

timestamp moment(int year, unsigned month, unsigned day, std::chrono::microseconds in_day = {}) {
  return timestamp{std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)}} +
         in_day;
}

}  // namespace

TEST_CASE("a moment is written with microseconds and Z") {  // asvs: 16.2.2
  CHECK(to_string(moment(2026, 11, 22, 8h + 30min)) == "2026-11-22T08:30:00.000000Z");
  CHECK(to_string(moment(1970, 1, 1)) == "1970-01-01T00:00:00.000000Z");
  CHECK(to_string(moment(1969, 12, 31, 24h - 1us)) == "1969-12-31T23:59:59.999999Z");
  CHECK(to_string(moment(0, 1, 1)) == "0000-01-01T00:00:00.000000Z");
  CHECK(to_string(moment(9999, 12, 31, 24h - 1us)) == "9999-12-31T23:59:59.999999Z");
}

TEST_CASE("RFC 3339's examples are read") {
  CHECK(parse_timestamp("1985-04-12T23:20:50.52Z") == moment(1985, 4, 12, 23h + 20min + 50s + 520ms));
  CHECK(parse_timestamp("1996-12-19T16:39:57-08:00") == moment(1996, 12, 20, 0h + 39min + 57s));
  CHECK(parse_timestamp("1937-01-01T12:00:27.87+00:20") == moment(1937, 1, 1, 11h + 40min + 27s + 870ms));
  CHECK(parse_timestamp("2026-11-22t08:30:00z") == moment(2026, 11, 22, 8h + 30min));
  CHECK(parse_timestamp("2026-11-22 08:30:00Z") == moment(2026, 11, 22, 8h + 30min));
  CHECK(parse_timestamp("2026-11-22T08:30:00-00:00") == moment(2026, 11, 22, 8h + 30min));
  CHECK(parse_timestamp("2026-11-22T08:30:00+23:59") == moment(2026, 11, 21, 8h + 31min));
}

TEST_CASE("fractions of a second are cut to microseconds") {
  CHECK(parse_timestamp("2026-11-22T00:00:00.1Z") == moment(2026, 11, 22, 100ms));
  CHECK(parse_timestamp("2026-11-22T00:00:00.000001Z") == moment(2026, 11, 22, 1us));
  CHECK(parse_timestamp("2026-11-22T00:00:00.9999999Z") == moment(2026, 11, 22, 999'999us));
  CHECK(parse_timestamp("2026-11-22T00:00:00.123456789Z") == moment(2026, 11, 22, 123'456us));
}

TEST_CASE("29 February is a date in leap years only") {
  CHECK(parse_timestamp("2024-02-29T00:00:00Z"));
  CHECK(parse_timestamp("2000-02-29T00:00:00Z"));
  CHECK_FALSE(parse_timestamp("2026-02-29T00:00:00Z"));
  CHECK_FALSE(parse_timestamp("1900-02-29T00:00:00Z"));
}

TEST_CASE("a malformed RFC 3339 time is refused") {
  for (const auto* text : {"",
                           "2026-11-22",
                           "2026-11-22T08:30:00",
                           "2026-11-22T08:30Z",
                           "2026-11-22T08:30:00 Z",
                           "2026-11-22T08:30:00.Z",
                           "2026-11-22T08:30:00.1234567890Z",
                           "2026-11-22T08:30:00+0100",
                           "2026-11-22T08:30:00+01",
                           "2026-11-22T08:30:00+24:00",
                           "2026-11-22T08:30:00+01:60",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-01-00T00:00:00Z",
                           "2026-01-32T00:00:00Z",
                           "2026-02-30T00:00:00Z",
                           "2026-01-01T24:00:00Z",
                           "2026-01-01T00:60:00Z",
                           "2026-01-01T00:00:60Z",
                           "26-01-01T00:00:00Z",
                           "+2026-01-01T00:00:00Z",
                           "-2026-01-01T00:00:00Z",
                           "2026-1-1T00:00:00Z",
                           "2026/01/01T00:00:00Z",
                           "2026-01-01T00:00:00Zx",
                           " 2026-01-01T00:00:00Z",
                           "2026-01-01T00:00:00ZZ",
                           "2026-01-01T0x:00:00Z",
                           "tomorrow",
                           "1764000000",
                           "20260101T000000Z"}) {
    INFO(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("an offset that leads out of the years 0000 to 9999 is refused") {
  CHECK(parse_timestamp("0000-01-01T00:00:00Z"));
  CHECK_FALSE(parse_timestamp("0000-01-01T00:00:00+00:01"));
  CHECK(parse_timestamp("0000-01-01T00:01:00+00:01"));
  CHECK(parse_timestamp("9999-12-31T23:59:59.999999Z"));
  CHECK_FALSE(parse_timestamp("9999-12-31T23:59:59-00:01"));
}

TEST_CASE("any moment comes back from its text, whatever the offset") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const auto first = moment(0, 1, 2).time_since_epoch().count();
  const auto last = moment(9999, 12, 30).time_since_epoch().count();
  for (int round = 0; round < 5000; ++round) {
    const timestamp at{std::chrono::microseconds{random.between(first, last)}};
    REQUIRE(parse_timestamp(to_string(at)) == at);
    const auto minutes = random.between(-1439, 1439);
    auto shifted = to_string(at + std::chrono::minutes{minutes});
    shifted.pop_back();
    const auto size = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
    char offset[8];
    std::snprintf(offset, sizeof offset, "%c%02u:%02u", minutes < 0 ? '-' : '+', size / 60 % 24, size % 60);
    REQUIRE(parse_timestamp(shifted + offset) == at);
    // Times sort like their texts.
    const timestamp other{std::chrono::microseconds{random.between(first, last)}};
    REQUIRE((to_string(at) < to_string(other)) == (at < other));
  }
}

TEST_CASE("any text is a moment or refused") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const std::string good = "2026-11-22T08:30:00.123456+01:00";
  for (int round = 0; round < 20'000; ++round) {
    auto text = good;
    for (int change = random.between(1, 3); change > 0; --change) {
      text[random.between<std::size_t>(0, text.size() - 1)] = random.of("0123456789-+:.TZ x\xff", 1).front();
    }
    if (const auto at = parse_timestamp(text)) REQUIRE(parse_timestamp(to_string(*at)) == at);
  }
}

TEST_CASE("a manual clock returns the time that was set") {
  manual_clock clock{moment(2026, 1, 1)};
  CHECK(clock.now() == moment(2026, 1, 1));
  clock.advance(5s);
  CHECK(clock.now() == moment(2026, 1, 1, 5s));
  clock.set(moment(2025, 1, 1));
  CHECK(clock.now() == moment(2025, 1, 1));
}

TEST_CASE("the system clock returns the present time") {
  CHECK(system_clock{}.now() > moment(2024, 1, 1));
  CHECK(system_clock{}.now() < moment(2200, 1, 1));
}
