#include "domain/budgets/shared_budget.hpp"

#include <deque>
#include <vector>

#include "domain/platforms/platform_limits.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::domain {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::milliseconds;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const rate ample{.limit = 40, .window = 63s, .burst = 20};  // 3 s each, after the burst
const rate few{.limit = 10, .window = 60s, .burst = 5};     // 10 s each, after the burst

shared_budget one_of(int nodes, const rate& budget = few) {
  shared_budget its{budget};
  its.share_among(nodes);
  return its;
}

/// Answered by a count of which `its` was given the last slot.
void answer(shared_budget& its, base::timestamp arrival, base::timestamp at, int told_ever = 0) {
  its.heard({.arrival = arrival, .last = at, .told = {}, .is_open = true, .over = {}, .sharers = 1}, told_ever, at);
}

/// The same, of a count that has long known of all of `nodes`, and is above its half until `over`.
void answer_all(shared_budget& its, base::timestamp at, int nodes, base::timestamp over = {}, int told_ever = 0) {
  const shared_budget::answer said{
      .arrival = at, .last = at, .told = {}, .is_open = true, .over = over, .sharers = nodes};
  its.heard(said, told_ever, at - shared_budget::patience);
  its.heard(said, told_ever, at);
}

int taken(shared_budget& its, base::timestamp now) {
  int count = 0;
  while (its.without_answer(now).is_taken) ++count;
  return count;
}

constexpr auto patience = shared_budget::patience;

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

TEST_CASE("half of the burst is set aside for as many as share it, and nothing for one, or where it is too little") {
  CHECK(own_share(ample, 1) == 0);
  CHECK(own_share(ample, 2) == 5);
  CHECK(own_share(ample, 3) == 3);
  CHECK(own_share(ample, 11) == 0);
  CHECK(shared_burst(ample, 1) == 20);
  CHECK(shared_burst(ample, 2) == 10);
  CHECK(shared_burst(ample, 3) == 10);
  CHECK(shared_burst(ample, 11) == 20);
}

TEST_CASE("a node apart may start its share at once, and then its part of the rate") {
  auto its = one_of(2, ample);
  answer_all(its, noon, 2);
  its.unanswered(noon);
  CHECK(taken(its, noon + patience - 1us) == 0);
  CHECK(taken(its, noon + patience) ==
        6);  // 5, and one that it got meanwhile: others may have been given slots for 2 s
  CHECK(taken(its, noon + patience + 6s) == 1);
  CHECK(its.known(noon + patience + 6s).own == 7);
  CHECK(its.known(noon + patience + 6s).own_left == 18s + 1us);
  CHECK(taken(its, noon + 1h) == 10);  // all that is its part
}

TEST_CASE("a share is not had anew before the shared count has taken in what it cost") {
  auto its = one_of(2, ample);
  answer_all(its, noon, 2);
  its.unanswered(noon);
  const auto apart = noon + patience;
  REQUIRE(taken(its, apart) == 6);
  SECTION("the roll was called, and not over") {
    its.heard({.arrival = noon, .last = noon, .told = {}, .is_open = false, .over = {}, .sharers = 2}, 6, apart);
    CHECK(its.known(apart).own == 6);
    its.unanswered(apart);
    CHECK(taken(its, apart + patience) == 1);  // what it gets in 8 s
  }
  SECTION("the count is above its half") {
    answer_all(its, apart, 2, apart + 9s, 6);
    CHECK(its.known(apart).own == 0);
    its.unanswered(apart);
    CHECK(taken(its, apart + patience) == 3);  // 3 less
  }
  SECTION("the answer does not know of the last two") {
    answer_all(its, apart, 2, {}, 4);
    CHECK(its.known(apart).own == 2);
    CHECK(its.known(apart).own_left == 6s);
    its.unanswered(apart);
    CHECK(taken(its, apart + patience) == 4);
  }
  SECTION("the count has come down") {
    answer_all(its, apart, 2, apart, 6);
    its.unanswered(apart);
    CHECK(taken(its, apart + patience) == 6);
  }
}

TEST_CASE("a share shrinks when a node joins, at once, and grows when all may know that one has left") {
  auto its = one_of(2, ample);
  answer_all(its, noon, 2);
  SECTION("before it is apart") {
    its.share_among(4);
    its.unanswered(noon);
    CHECK(taken(its, noon + patience) == 2);
  }
  SECTION("while it is apart") {
    its.unanswered(noon);
    its.share_among(4);
    CHECK(taken(its, noon + patience) == 3);
  }
  SECTION("one has left while it is apart") {
    auto of_four = one_of(4, ample);
    answer_all(of_four, noon, 4);
    of_four.unanswered(noon);
    of_four.share_among(1);
    CHECK_FALSE(of_four.is_alone());
    CHECK(of_four.known(noon).nodes == 4);  // of all it is to be told what they took
    CHECK(taken(of_four, noon + patience) == 2);
  }
  SECTION("before all know") {
    its.share_among(1);
    its.share_among(2);
    const shared_budget::answer said{
        .arrival = noon, .last = noon, .told = {}, .is_open = true, .over = {}, .sharers = 4};
    its.heard(said, 0, noon + 1s);
    its.unanswered(noon + 1s);
    CHECK(taken(its, noon + 1s + patience) == 3);
  }
}

TEST_CASE(
    "a process that was never answered has no share, and says that it does not know what the one before it took") {
  auto its = one_of(2, ample);
  its.unanswered(noon);
  CHECK_FALSE(its.known(noon).is_unsure);
  CHECK(taken(its, noon + patience) == 1);
  CHECK(its.known(noon + patience).is_unsure);
  answer_all(its, noon + 1min, 2, {}, 1);
  CHECK_FALSE(its.known(noon + 1min).is_unsure);
}

TEST_CASE("where there is never a shared count a node has its part from the beginning, of as many as there are") {
  shared_budget its{ample, shared_budget::counting::never};
  its.share_among(2);
  CHECK(taken(its, noon) == 10);
  CHECK(taken(its, noon + 6s) == 1);
  its.share_among(4);
  CHECK(taken(its, noon + 12s) == 0);  // half of a slot of twice the cost
  CHECK(taken(its, noon + 18s) == 1);
  its.share_among(1);
  CHECK(its.is_alone());
  const auto turn = its.without_answer(noon + 18s);  // what it had not is not its own because others have gone
  CHECK(turn.at == noon + 21s);
  CHECK(turn.is_taken);
  its.share_among(2);
  CHECK(taken(its, noon + 24s) == 0);
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
  its.heard({.arrival = noon, .last = noon, .told = {}, .is_open = false, .over = {}, .sharers = 2}, 1, noon + 61s);
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

TEST_CASE(
    "never more than the limit within any window, of nodes that never share a count and are as many all the time") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 200; ++round) {
    rate budget;
    budget.limit = random.between(1, 60);
    budget.burst = random.between(1, budget.limit);
    budget.window = milliseconds{random.between(1'000, 60'000)};
    const int count = random.between(1, 5);
    INFO(count << " nodes, limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count()
               << " ms");
    std::vector<shared_budget> nodes(count, shared_budget{budget, shared_budget::counting::never});
    for (auto& each : nodes) each.share_among(count);
    std::deque<base::timestamp> calls;
    const auto step = std::max<std::int64_t>(2 * budget.window.count() / budget.limit, 2);
    base::timestamp now = noon;
    while (now < noon + 5 * budget.window) {
      now += milliseconds{random.between<std::int64_t>(1, step)};
      const auto turn = nodes[random.between<std::size_t>(0, count - 1)].without_answer(now);
      if (!turn.is_taken) continue;
      now = turn.at;
      calls.push_back(now);
      while (calls.front() <= now - budget.window) calls.pop_front();
      REQUIRE(static_cast<int>(calls.size()) <= budget.limit);
    }
    CHECK((calls.empty() == (count > budget.limit)));
  }
}

}  // namespace pulse::domain
