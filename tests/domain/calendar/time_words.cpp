#include "domain/calendar/time_words.hpp"

#include <catch2/catch.hpp>

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

base::timestamp at(std::string_view text) { return *base::parse_timestamp(text); }

}  // namespace

TEST_CASE("a time is told as the clock on the wall of its zone shows it, in summer and in winter") {
  const time_formatter amsterdam{"Europe/Amsterdam"};
  CHECK(amsterdam.format(at("2026-11-24T08:00:00Z")) == "Tue 24 Nov 2026, 09:00 CET");
  CHECK(amsterdam.format(at("2026-07-01T22:30:05.4Z")) == "Thu 2 Jul 2026, 00:30:05 CEST");
  CHECK(amsterdam.format(at("2026-10-25T00:30:00Z")) == "Sun 25 Oct 2026, 02:30 CEST");
  CHECK(amsterdam.format(at("2026-10-25T01:30:00Z")) == "Sun 25 Oct 2026, 02:30 CET");
  CHECK(time_formatter{"Asia/Kolkata"}.format(at("2026-11-24T20:00:00Z")) == "Wed 25 Nov 2026, 01:30 IST");
  CHECK(amsterdam.format_exactly(at("2026-11-24T08:00:00.0045Z")) == "Tue 24 Nov 2026, 09:00:00.004 CET");
  CHECK(amsterdam.format_clock(at("2026-11-24T08:00:00.004999Z")) == "09:00:00.004 CET");
}

TEST_CASE("a zone that is not known is read as UTC") {
  CHECK(time_formatter{"Mars/Olympus"}.format(at("2026-11-24T08:00:00Z")) == "Tue 24 Nov 2026, 08:00 UTC");
  CHECK(time_formatter{"UTC"}.format(at("1969-12-31T23:59:59.9Z")) == "Wed 31 Dec 1969, 23:59:59 UTC");
}

TEST_CASE("a time of a zone without a name says what it is ahead of UTC, with its minutes") {
  CHECK(time_formatter{"Asia/Kathmandu"}.format(at("2026-11-24T08:00:00Z")) == "Tue 24 Nov 2026, 13:45 UTC+5:45");
  CHECK(time_formatter{"America/Sao_Paulo"}.format(at("2026-11-24T08:00:00Z")) == "Tue 24 Nov 2026, 05:00 UTC-3");
  CHECK(time_formatter{"Pacific/Kiritimati"}.format(at("2026-12-31T12:00:00Z")) == "Fri 1 Jan 2027, 02:00 UTC+14");
  CHECK(time_formatter{"Australia/Lord_Howe"}.format(at("2026-11-24T08:00:00Z")) == "Tue 24 Nov 2026, 19:00 UTC+11");
  CHECK(time_formatter{"Australia/Lord_Howe"}.format(at("2026-06-24T08:00:00Z")) == "Wed 24 Jun 2026, 18:30 UTC+10:30");
}

TEST_CASE("a clock for calculations tells the same") {
  CHECK(time_formatter{zone_clock{"Asia/Kolkata"}}.format(at("2026-12-31T20:00:00Z")) == "Fri 1 Jan 2027, 01:30 IST");
  CHECK(format_day(date::local_days{date::year{2026} / 12 / 2}) == "Wed 2 Dec 2026");
}

TEST_CASE("a span is told in the units that say most") {
  CHECK(format_span(300us) == "less than 1 ms");
  CHECK(format_span(4'999us) == "4 ms");
  CHECK(format_span(-4ms) == "4 ms");
  CHECK(format_span(1s) == "1 s");
  CHECK(format_span(1'234ms) == "1.2 s");
  CHECK(format_span(59'900ms) == "59 s");
  CHECK(format_span(870s) == "14 min 30 s");
  CHECK(format_span(2h) == "2 h");
  CHECK(format_span(2h + 5min + 59s) == "2 h 5 min");
  CHECK(format_span(76h) == "3 days 4 h");
  CHECK(format_span(25h) == "1 day 1 h");
}

TEST_CASE("a length that somebody has set is told in its largest whole unit") {
  CHECK(format_length(0s) == "0 seconds");
  CHECK(format_length(1s) == "1 second");
  CHECK(format_length(90s) == "90 seconds");
  CHECK(format_length(240min) == "4 hours");
  CHECK(format_length(1h) == "1 hour");
  CHECK(format_length(90min) == "90 minutes");
  CHECK(format_length(48h) == "2 days");
}

TEST_CASE("a window is told in its largest whole unit") {
  CHECK(format_window(1s) == "second");
  CHECK(format_window(90s) == "90 seconds");
  CHECK(format_window(60s) == "minute");
  CHECK(format_window(900s) == "15 minutes");
  CHECK(format_window(86'400s) == "day");
  CHECK(format_window(172'800s) == "2 days");
}

}  // namespace pulse::domain
