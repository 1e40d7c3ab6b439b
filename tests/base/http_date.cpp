#include "base/http_date.hpp"

#include <catch2/catch.hpp>

using namespace pulse::base;

TEST_CASE("HTTP dates have the one preferred form") {
  using namespace std::chrono;
  CHECK(to_http_date(sys_days{1994y / November / 6} + 8h + 49min + 37s) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(to_http_date(sys_days{2024y / February / 29} + 23h + 59min + 59s + 999999us) ==
        "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST_CASE("HTTP dates are read in all three forms") {
  using namespace std::chrono;
  const pulse::base::timestamp now = sys_days{2026y / November / 29};
  const pulse::base::timestamp expected = sys_days{1994y / November / 6} + 8h + 49min + 37s;
  for (const auto* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"}) {
    INFO(text);
    CHECK(parse_http_date(text, now) == expected);
  }
  CHECK(parse_http_date("Sun Nov 16 08:49:37 1994", now) == expected + days{10});
  CHECK(parse_http_date("Sun Nov 06 08:49:37 1994", now) == expected);
  // More than fifty years ahead means the past.
  CHECK(parse_http_date("Sunday, 06-Nov-76 00:00:00 GMT", now) == sys_days{2076y / November / 6});
  CHECK(parse_http_date("Sunday, 06-Nov-77 00:00:00 GMT", now) == sys_days{1977y / November / 6});
  CHECK(parse_http_date("Saturday, 31-Dec-16 23:59:60 GMT", now) == sys_days{2017y / January / 1});
  for (const auto* bad :
       {"", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 00 Nov 1994 08:49:37 GMT", "yesterday",
        "Sunday, 06-Nov-1994 08:49:37 GMT", "Sun Nov 6 08:49:37 1994", "1994-11-06T08:49:37Z", ",,,",
        "Sun, 06 Nov -994 08:49:37 GMT", "Wed Aug 28 19:58:12 -0205", "Sun, 06 Nov 1994 08:49:61 GMT"}) {
    INFO(bad);
    CHECK_FALSE(parse_http_date(bad, now));
  }
}
