#include "domain/shared_budget.hpp"

#include <deque>
#include <vector>

#include "domain/platform_limits.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::milliseconds;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const rate few{.limit = 10, .window = 60s, .burst = 5};  // 10 s each, after the burst

shared_budget one_of(int nodes, const rate& budget = few) {
  shared_budget its{budget};
  its.share_among(nodes);
  return its;
}

/// Answered by a count of which `its` was given the last slot.
void answer(shared_budget& its, base::timestamp arrival, base::timestamp at, int reported = 0) {
  its.heard({arrival, at, {}, true}, reported, at);
}

}  // namespace

TEST_CASE("a node that is alone counts on where the shared count was") {
  auto its = one_of(1);
  answer(its, noon + 40s, noon);
  CHECK(its.without_answer(noon).at == noon);
  const auto next = its.without_answer(noon);
  CHECK(next.at == noon + 10s);
  CHECK(next.is_taken);
  CHECK(its.known(noon).own == 0);  // it is all in the arrival
  CHECK(its.known(noon).arrival == noon + 60s);
}

TEST_CASE("a node apart is patient, begins with nothing, and has its part of the rate") {
  auto its = one_of(2);
  answer(its, noon, noon);
  const auto refused = its.without_answer(noon);
  CHECK_FALSE(refused.is_taken);
  CHECK(refused.at == noon + shared_budget::look_again);
  const auto first = noon + shared_budget::notice + 20s;
  CHECK_FALSE(its.without_answer(first - 1us).is_taken);
  CHECK(its.without_answer(first).is_taken);
  CHECK_FALSE(its.without_answer(first + 20s - 1us).is_taken);
  CHECK(its.without_answer(first + 20s).is_taken);
  CHECK(its.known(first).own == 2);
  answer(its, noon, first + 21s, 1);
  CHECK(its.known(first).own == 1);  // of one it is not known whether it is counted
  CHECK_FALSE(its.without_answer(first + 22s).is_taken);
}

TEST_CASE("a node whose neighbour has gone is not alone before it has been answered") {
  auto its = one_of(2);
  its.share_among(1);
  CHECK_FALSE(its.is_alone());
  CHECK(its.known(noon).nodes == 2);
  CHECK_FALSE(its.without_answer(noon).is_taken);
  answer(its, noon, noon + 1s);
  CHECK(its.is_alone());
  CHECK(its.without_answer(noon + 2s).is_taken);
}

TEST_CASE("while the roll is called a node keeps what it has to tell") {
  auto its = one_of(2);
  its.without_answer(noon);
  REQUIRE(its.without_answer(noon + 1min).is_taken);
  its.heard({noon, noon, {}, false}, 1, noon + 61s);
  CHECK(its.known(noon + 61s).own == 1);
  CHECK(its.known(noon + 61s).heard == base::timestamp{});
  CHECK_FALSE(its.without_answer(noon + 62s).is_taken);  // its patience begins anew
}

TEST_CASE("what the platform says holds for a node apart, and the nodes share what is left") {
  auto its = one_of(2);
  its.without_answer(noon);
  its.observe("posts_app_24h", 0, noon + 20min, noon);
  const auto refused = its.without_answer(noon + 10min);
  CHECK_FALSE(refused.is_taken);
  CHECK(refused.is_told);
  auto scarce = one_of(2);
  scarce.without_answer(noon);
  scarce.observe("posts_app_24h", 2, noon + 20min, noon);
  REQUIRE(scarce.without_answer(noon + 1min).is_taken);
  CHECK_FALSE(scarce.without_answer(noon + 20min - 1us).is_taken);  // 10 min each, for two nodes
  CHECK(scarce.without_answer(noon + 20min).is_taken);              // the platform's budget is a new one
}

TEST_CASE("more nodes than the limit has calls get nothing apart, and no budget at all needs no parts") {
  auto crowded = one_of(3, {.limit = 2, .window = 1s, .burst = 1});
  for (int i = 0; i < 100; ++i) CHECK_FALSE(crowded.without_answer(noon + i * 1min).is_taken);
  auto unbounded = one_of(3, unbounded_app);
  CHECK(unbounded.without_answer(noon).is_taken);
  CHECK(unbounded.known(noon).nodes == 1);
}

TEST_CASE("never more than the limit within any window, while nodes leave the shared count one after the other") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 300; ++round) {
    rate budget;
    budget.limit = random.between(1, 40);
    budget.burst = random.between(1, budget.limit);
    budget.window = milliseconds{random.between(1'000, 60'000)};
    const int count = random.between(2, 5);
    INFO(count << " nodes, limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count()
               << " ms");
    throttle shared{budget};
    std::vector<shared_budget> nodes;
    std::vector<base::timestamp> apart_from;
    const auto away = noon + milliseconds{random.between<std::int64_t>(0, 2 * budget.window.count())};
    for (int i = 0; i < count; ++i) {
      nodes.push_back(one_of(count, budget));
      apart_from.push_back(away + milliseconds{random.between(0, 30'000)});
    }
    std::deque<base::timestamp> calls;
    const auto step = std::max<std::int64_t>(2 * budget.window.count() / budget.limit, 2);
    for (auto now = noon; now < noon + 5 * budget.window + 60s;
         now += milliseconds{random.between<std::int64_t>(1, step)}) {
      auto& its = nodes[random.between<std::size_t>(0, count - 1)];
      const auto from = apart_from[&its - nodes.data()];
      const bool is_taken = now < away ? shared.take(now).granted : now >= from && its.without_answer(now).is_taken;
      if (!is_taken) continue;
      calls.push_back(now);
      while (calls.front() <= now - budget.window) calls.pop_front();
      REQUIRE(static_cast<int>(calls.size()) <= budget.limit);
    }
  }
}

}  // namespace pulse::domain
