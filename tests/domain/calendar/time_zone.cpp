#include "domain/calendar/time_zone.hpp"

#include <string>

#include "tests/support/random_case.hpp"

namespace pulse::domain {

TEST_CASE("IANA time zones are known by their names") {
  for (const auto* name :
       {"Europe/Amsterdam", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Pacific/Chatham"}) {
    INFO(name);
    CHECK(is_time_zone(name));
  }
}

TEST_CASE("nothing else is accepted as a time zone") {
  for (const auto* name :
       {"", "europe/amsterdam", "Europe/Nowhere", "CET+1", " UTC", "UTC ", "../etc/passwd", "/etc/localtime"}) {
    INFO(name);
    CHECK_FALSE(is_time_zone(name));
  }
  CHECK_FALSE(is_time_zone("localtime"));
  CHECK_FALSE(is_time_zone(std::string_view{"UTC\0", 4}));
  CHECK_FALSE(is_time_zone(std::string(100'000, 'A')));
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 500; ++i) {
    auto name = random.bytes(random.between<std::size_t>(1, 40));
    name[0] = '?';
    CHECK_FALSE(is_time_zone(name));
  }
}

}  // namespace pulse::domain
