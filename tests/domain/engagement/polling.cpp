#include <catch2/catch.hpp>

#include "domain/engagement/polling.hpp"
#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using base::timestamp;

namespace {

const timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}};

std::vector<timestamp> posts_every(std::chrono::seconds gap, std::chrono::seconds since_last, int count = 10) {
  std::vector<timestamp> made;
  for (int i = 0; i < count; ++i) made.push_back(now - since_last - gap * i);
  return made;
}

}  // namespace

TEST_CASE("a page that posts often is polled often, and one that fell silent less and less") {
  CHECK(domain::poll_interval({}, now) == 1h);
  CHECK(domain::poll_interval(posts_every(24h, 1h), now) == 3h);
  CHECK(domain::poll_interval(posts_every(1h, 10min), now) == 15min);
  CHECK(domain::poll_interval(posts_every(24h, 24h * 30), now) == 12h);
  CHECK(domain::poll_interval(posts_every(24h, 1h, 1), now) == 1h);
}

TEST_CASE("a page that fails is left alone longer each time, and its own word is kept") {
  const auto at = [](int failures, std::optional<timestamp> told = {}) {
    return domain::next_poll({}, {.failures = failures, .retry_at = told}, now, 0.5) - now;
  };
  CHECK(at(0) == 1h);
  CHECK(at(1) == 2h);
  CHECK(at(2) == 4h);
  CHECK(at(40) == 24h);
  CHECK(at(0, now + 5h) == 5h);
  CHECK(at(0, now + 1000h) == 24h);
}

TEST_CASE("the next poll is within its bounds and its jitter, whatever was seen") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 20'000; ++i) {
    std::vector<timestamp> posted;
    for (int n = random.between(0, 20); n > 0; --n)
      posted.push_back(now - std::chrono::seconds{random.between(-1000, 40'000'000)});
    const domain::poll_outcome last{.failures = random.between(0, 10)};
    const double spread = random.between(0, 999) / 1000.0;
    const auto after = domain::next_poll(posted, last, now, spread) - now;
    REQUIRE(after >= domain::poll_bounds{}.least);
    REQUIRE(after <= std::chrono::seconds{domain::longest_poll_backoff} * 11 / 10);
    if (last.failures == 0) REQUIRE(after <= domain::poll_bounds{}.most * 11 / 10);
  }
}
