#include "domain/budgets/rate_choice.hpp"

#include <catch2/catch.hpp>

#include "tests/support/random_case.hpp"

using namespace pulse::domain;
using namespace std::chrono_literals;
using pulse::base::timestamp;

namespace {

/// The most that a throttle really lets start within any window, when somebody always asks.
std::int64_t count_most(const rate& budget, std::chrono::milliseconds window) {
  throttle asked{budget};
  std::vector<timestamp> starts;
  timestamp now{std::chrono::hours{1000}};
  while (starts.empty() || now - starts.front() < 3 * window) {
    const auto given = asked.take(now);
    if (given.granted) {
      starts.push_back(now);
    } else {
      now = given.not_before;
    }
  }
  std::int64_t most = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    while (starts[i] - starts[first] >= window) ++first;
    most = std::max(most, static_cast<std::int64_t>(i - first + 1));
  }
  return most;
}

}  // namespace

TEST_CASE("the most within a window is what a throttle lets start, for any budget and window") {
  pulse::support::random_source any;
  for (int round = 0; round < 300; ++round) {
    rate budget;
    budget.limit = any.between(1, 60);
    budget.burst = any.between(1, budget.limit);
    budget.window = std::chrono::milliseconds{any.between(1'000, 100'000)};
    const auto window = budget.window * any.between(1, 16) / 4;
    INFO("PULSE_TEST_SEED=" << any.seed());
    INFO(budget.limit << " in " << budget.window.count() << " ms, " << budget.burst << " at once, within "
                      << window.count());
    CHECK(count_most(budget, window) == most_within(budget, window));
    CHECK(most_within(budget, budget.window) <= budget.limit);
    CHECK(is_within(budget, budget));
  }
}

TEST_CASE("a budget is within another when it never lets more start, whatever its window") {
  const rate bound{.limit = 100, .window = 15min, .burst = 50};
  CHECK(is_within({.limit = 10, .window = 15min, .burst = 5}, bound));
  CHECK(is_within({.limit = 1'000, .window = 24h, .burst = 50}, bound));
  CHECK(is_within({.limit = 5, .window = 1min, .burst = 1}, bound));
  CHECK_FALSE(is_within({.limit = 101, .window = 15min, .burst = 50}, bound));
  CHECK_FALSE(is_within({.limit = 100, .window = 15min, .burst = 51}, bound));
  CHECK_FALSE(is_within({.limit = 100, .window = 1min, .burst = 10}, bound));
}

TEST_CASE("the operator's budget takes the documented one's place, the tenant's holds only within it") {
  const rate documented{.limit = 100, .window = 1h, .burst = 50};
  const rate wider{.limit = 200, .window = 1h, .burst = 100};
  const rate stricter{.limit = 10, .window = 1h, .burst = 5};
  CHECK(choose_rate(std::nullopt, std::nullopt, std::nullopt).source == rate_source::none);
  CHECK(choose_rate(documented, std::nullopt, std::nullopt).budget == documented);
  CHECK(choose_rate(documented, wider, std::nullopt).budget == wider);
  CHECK(choose_rate(documented, wider, std::nullopt).source == rate_source::installation);
  CHECK(choose_rate(documented, wider, stricter).source == rate_source::tenant);
  CHECK(choose_rate(documented, stricter, wider).budget == stricter);
  CHECK(choose_rate(documented, std::nullopt, wider).source == rate_source::documented);
  CHECK(choose_rate(std::nullopt, std::nullopt, wider).source == rate_source::tenant);
}
