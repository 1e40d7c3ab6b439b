#include "domain/publishing/retry.hpp"

#include "tests/support/random_case.hpp"

namespace pulse::domain {

using namespace std::chrono_literals;

TEST_CASE("a delivery may be tried as often as its policy says") {
  const retry_policy policy{.max_attempts = 3};
  CHECK(may_retry(policy, 0));
  CHECK(may_retry(policy, 2));
  CHECK_FALSE(may_retry(policy, 3));
  CHECK_FALSE(may_retry(policy, 4));
  CHECK_FALSE(may_retry({.max_attempts = 1}, 1));
}

TEST_CASE("delays grow by the policy's strategy") {
  const retry_policy linear{.strategy = backoff_strategy::linear, .retry_delay_seconds = 30};
  CHECK(retry_delay(linear, 1, 0.5) == 30s);
  CHECK(retry_delay(linear, 4, 0.5) == 120s);
  const retry_policy doubling{.strategy = backoff_strategy::exponential, .retry_delay_seconds = 30};
  CHECK(retry_delay(doubling, 1, 0.5) == 30s);
  CHECK(retry_delay(doubling, 2, 0.5) == 60s);
  CHECK(retry_delay(doubling, 5, 0.5) == 480s);
}

TEST_CASE("every delay is positive, spread by a fifth at most, and never longer than the longest") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 20'000; ++i) {
    const retry_policy policy{
        .max_attempts = 20,
        .strategy = random.between(0, 1) == 0 ? backoff_strategy::linear : backoff_strategy::exponential,
        .retry_delay_seconds = random.between(1, 3600)};
    const int failures = random.between(-1, 100);
    const double spread = random.between(-100, 1100) / 1000.0;
    const auto delay = retry_delay(policy, failures, spread);
    const auto middle = retry_delay(policy, failures, 0.5);
    INFO("failures " << failures << ", spread " << spread << ", first " << policy.retry_delay_seconds);
    REQUIRE(delay > 0ms);
    REQUIRE(delay <= longest_retry_delay);
    REQUIRE(delay.count() >= static_cast<double>(middle.count()) * 0.8 - 1);
    REQUIRE(delay.count() <= static_cast<double>(middle.count()) * 1.2 + 1);
    if (failures >= 1) REQUIRE(retry_delay(policy, failures + 1, spread) >= delay);
  }
}

TEST_CASE("deliveries that failed together do not return together") {
  const retry_policy policy{.retry_delay_seconds = 3600};
  CHECK(retry_delay(policy, 10, 0.1) != retry_delay(policy, 10, 0.9));
  CHECK(retry_delay(policy, 1, 0.1) != retry_delay(policy, 1, 0.9));
}

}  // namespace pulse::domain
