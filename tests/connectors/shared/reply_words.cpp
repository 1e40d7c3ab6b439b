#include "connectors/shared/reply_words.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

std::optional<pulse::base::timestamp> told_by(const char* retry_after) {
  egress_reply reply;
  reply.headers = {{"retry-after", retry_after}};
  return retry_after_in(reply, now);
}

}  // namespace

TEST_CASE("Retry-After is read in both of its forms, and is neither past nor beyond a day") {
  CHECK(told_by("0") == now);
  CHECK(told_by("90") == now + 90s);
  CHECK(told_by("90000") == now + 25h);
  CHECK(told_by("9223372036854775807") == now + 25h);
  CHECK(told_by("Sun, 22 Nov 2026 08:01:30 GMT") == now + 90s);
  CHECK(told_by("Sunday, 22-Nov-26 08:01:30 GMT") == now + 90s);
  CHECK(told_by("Sun Nov 22 08:01:30 2026") == now + 90s);
  CHECK(told_by("Sun, 22 Nov 2026 07:00:00 GMT") == now);
  CHECK(told_by("Mon, 29 Feb 2044 00:00:00 GMT") == now + 25h);
  for (const auto* other :
       {"", "-1", "1.5", "soon", "99999999999999999999", "Sun, 22 Nov 2026 08:01:30", "Sun, 22 Nov 2026 08:01:30 CET",
        "Sun, 30 Feb 2027 08:01:30 GMT", "Sun, 22 ovD 2026 08:01:30 GMT", "Sun, 22 Nov 2026 24:01:30 GMT",
        "Sun, 2x Nov 2026 08:01:30 GMT"}) {
    CAPTURE(other);
    CHECK_FALSE(told_by(other));
  }
  CHECK_FALSE(retry_after_in({}, now));
}
