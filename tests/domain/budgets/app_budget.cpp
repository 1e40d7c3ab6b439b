#include "domain/budgets/app_budget.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "domain/platforms/platform_limits.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const rate few{.limit = 10, .window = 57s, .burst = 5};  // 10 s each after the burst: a slot lives for 3 s

std::vector<base::timestamp> take(app_budget& row, int wanted, base::timestamp now = noon, const rate& budget = few) {
  std::vector<base::timestamp> times;
  for (const auto& each : grant_slots(row, {.budget = budget, .wanted = wanted, .unused = {}}, now).slots)
    times.push_back(each.at);
  return times;
}

std::size_t ahead(app_budget& row, int wanted, int ahead) {
  return grant_slots(row, {.budget = few, .wanted = wanted, .ahead = ahead, .unused = {}}, noon).slots.size();
}

void give_back(app_budget& row, const std::vector<base::timestamp>& unused) {
  grant_slots(row, {.budget = few, .unused = unused}, noon);
}

void hear(app_budget& row, const platform_pace& news) {
  grant_slots(row, {.budget = few, .news = news, .unused = {}}, noon);
}

}  // namespace

TEST_CASE(
    "a slot lives for three seconds, or for a quarter of a short window, and costs as if the window were longer by "
    "that") {
  CHECK(slot_life(few) == 3s);
  CHECK(slot_life({.limit = 1, .window = 4s, .burst = 1}) == 1s);
  CHECK(slot_interval(few) == 10s);
  CHECK(slot_interval({.limit = 2, .window = 4s, .burst = 1}) == 2'500ms);
}

TEST_CASE("the burst of an app's budget may start at once, and what comes after it one interval after the other") {
  app_budget row;
  CHECK(take(row, 3) == std::vector<base::timestamp>(3, noon));
  CHECK(take(row, 4) == std::vector<base::timestamp>{noon, noon, noon + 10s, noon + 20s});
  CHECK(take(row, 1, noon + 25s) == std::vector<base::timestamp>{noon + 30s});
  CHECK(take(row, 1, noon + 5min) == std::vector<base::timestamp>{noon + 5min});
}

TEST_CASE("a node that leases ahead gets a quarter of the free slots") {
  app_budget row;
  CHECK(ahead(row, 0, 64) == 1);
  CHECK(ahead(row, 1, 64) == 1);
  CHECK(ahead(row, 4, 64) == 4);
  app_budget large;
  const rate ample{.limit = 10'000, .window = 24h, .burst = 5'000};
  CHECK(grant_slots(large, {.budget = ample, .wanted = 1, .ahead = 64, .unused = {}}, noon).slots.size() == 65);
  CHECK(grant_slots(large, {.budget = ample, .ahead = 9'999, .unused = {}}, noon).slots.size() == (5'000 - 65) / 4);
}

TEST_CASE("slots that were not used are there again as if they had never been given") {
  app_budget row;
  take(row, 6);
  give_back(row, {noon + 10s});
  CHECK(take(row, 1) == std::vector<base::timestamp>{noon + 10s});
  give_back(row, {noon, noon});
  CHECK(take(row, 1).front() == noon);  // of the burst, which that of noon + 10 s is part of now
  give_back(row, {noon + 1h});          // nobody was given it
  CHECK(take(row, 1).front() == noon + 10s);
  CHECK(take(row, 1).front() == noon + 20s);
}

TEST_CASE("a slot of long ago that is given back lowers nothing") {
  app_budget row;
  take(row, 1);
  take(row, 5, noon + 30s);
  grant_slots(row, {.budget = few, .unused = {noon}}, noon + 30s);
  CHECK(take(row, 1, noon + 30s).front() == noon + 40s);
}

TEST_CASE("only the latest slots can be given back, and of a budget with very many none") {
  app_budget row;
  const rate wide{.limit = 200, .window = 10min, .burst = 100};
  take(row, static_cast<int>(app_budget::most_refundable) + 1, noon, wide);
  CHECK(row.slots.size() == app_budget::most_refundable);
  CHECK(row.arrival() == noon + slot_interval(wide) * 65);
  app_budget many;
  take(many, 5, noon, unbounded_app);
  CHECK(many.slots.empty());
}

TEST_CASE("the platform's limit holds for all callers") {
  app_budget row;
  hear(row, {noon + 30min, 0us, {}});
  const auto blocked = grant_slots(row, {.budget = few, .wanted = 1, .ahead = 9, .unused = {}}, noon);
  REQUIRE(blocked.slots.size() == 1);
  CHECK(blocked.slots[0].at == noon + 30min);
  CHECK(blocked.slots[0].is_told);
  CHECK(blocked.told.blocked_until == noon + 30min);
  hear(row, {noon + 1min, 0us, {}});
  CHECK(row.told.blocked_until == noon + 30min);

  app_budget spread;
  take(spread, 1);
  hear(spread, {{}, 50s, noon + 100s});
  CHECK(take(spread, 2) == std::vector<base::timestamp>{noon + 50s, noon + 100s});
  CHECK(ahead(spread, 0, 9) == 0);
  hear(spread, {{}, 0us, {}});
  const auto own = grant_slots(spread, {.budget = few, .wanted = 1, .unused = {}}, noon + 20s).slots.at(0);
  CHECK(own.at == noon + 70s);  // by its own count, which the slots before have used up
  CHECK_FALSE(own.is_told);
}

TEST_CASE("when the operator changes an app's budget, what was used costs what it costs under the new one") {
  const rate strict{.limit = 1, .window = 1h, .burst = 1};
  app_budget row;
  take(row, 3);
  CHECK(take(row, 1, noon, strict).front() == noon + 3 * slot_interval(strict));
  app_budget relaxed;
  take(relaxed, 2, noon, strict);
  CHECK(take(relaxed, 1).front() == noon);
}

TEST_CASE("a clock that goes back does not give slots twice") {
  app_budget row;
  take(row, 5, noon + 1h);
  CHECK(take(row, 1).front() == noon + 1h + 10s);
}

TEST_CASE("slots leased together cost the same as one after the other") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 100; ++round) {
    const rate budget{.limit = random.between(20, 40), .window = 60s, .burst = random.between(1, 20)};
    app_budget together;
    app_budget alone;
    auto now = noon;
    std::vector<base::timestamp> given;
    for (int step = 0; step < 30; ++step) {
      now += std::chrono::milliseconds{random.between(0, 5'000)};
      const int wanted = random.between(0, 9);
      if (!given.empty() && random.between(0, 2) == 0) {
        const auto unused = given.at(random.between<std::size_t>(0, given.size() - 1));
        for (auto* row : {&together, &alone}) grant_slots(*row, {.budget = budget, .unused = {unused}}, now);
      }
      const auto times = take(together, wanted, now, budget);
      for (const auto at : times) REQUIRE(take(alone, 1, now, budget) == std::vector<base::timestamp>{at});
      given.insert(given.end(), times.begin(), times.end());
      REQUIRE(std::max(together.arrival(), now) == std::max(alone.arrival(), now));
      REQUIRE(together.last == alone.last);
    }
  }
}

}  // namespace pulse::domain
