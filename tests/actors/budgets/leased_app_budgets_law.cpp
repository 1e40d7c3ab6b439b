// The law of the shared budgets, on virtual time: several nodes with different clocks; a row that does not answer,
// answers late, or counts slots without an answer; nodes that die with all their slots; and an observer that counts the
// calls in every window.
#include <algorithm>
#include <deque>
#include <list>
#include <memory>

#include <catch2/catch.hpp>

#include "actors/budgets/leased_app_budgets.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const std::string app = "x";

struct world {
  support::random_source& random;
  domain::rate budget;
  base::timestamp now = noon;
  int slowest_ms = 4'000;  // of the answers
  bool is_away = false;
  domain::app_budget row{};
  std::deque<base::timestamp> calls{};
  int counted = 0;
  int late = 0;  // calls that were made after the time of their slot

  /// Every call, in the order of time.
  void call() {
    calls.push_back(now);
    ++counted;
    while (calls.front() <= now - budget.window) calls.pop_front();
    INFO("limit " << budget.limit << ", burst " << budget.burst << ", window " << budget.window.count() << " ms, at "
                  << (now - noon).count() << " us");
    REQUIRE(static_cast<int>(calls.size()) <= budget.limit);
  }
};

/// A node, and the tenants on it: each with a slot that it waits for or holds, as actors/budgets/limiter.
struct node {
  struct asked {
    domain::slot_request what;
    std::function<void(leased_app_budgets::answer)> done;
    leased_app_budgets::answer said{};
    base::timestamp counts_at;   // when the row is read and written, if it is
    base::timestamp answers_at;  // when this node hears of it
    bool is_counted = false;
    bool is_lost = false;
  };
  struct tenant {
    std::optional<app_turn> slot{};
    base::timestamp uses_at{};  // by this node's clock
    bool is_asking = false;
  };

  world& in;
  milliseconds ahead_of_all;  // its clock
  base::manual_clock clock;
  base::timestamp next_tick;
  milliseconds pace;  // on the average, between two wishes of a tenant
  bool is_clumsy;
  bool is_slow;
  std::list<asked> under_way{};
  std::vector<tenant> tenants;
  leased_app_budgets budgets;
  int refunded = 0;
  int questions = 0;

  explicit node(world& in_)
      : in(in_),
        ahead_of_all(in.random.between(-1'000, 1'000)),
        clock(in.now + ahead_of_all),
        next_tick(in.now),
        pace(in.random.between(1, 4) == 1 ? 100'000 : in.random.between(10, 5'000)),
        is_clumsy(in.random.between(0, 1) == 1),
        is_slow(in.random.between(0, 1) == 1),
        tenants(in.random.between<std::size_t>(1, 5)),
        budgets(
            [this](const std::string&, domain::slot_request what,
                   std::function<void(leased_app_budgets::answer)> done) { send(std::move(what), std::move(done)); },
            clock) {}

  void send(domain::slot_request what, std::function<void(leased_app_budgets::answer)> done) {
    ++questions;
    const milliseconds trip{in.random.between(0, in.random.between(0, 20) == 0 ? in.slowest_ms : 3)};
    const auto counts_at = in.now + milliseconds{in.random.between<std::int64_t>(0, trip.count())};
    under_way.push_back({std::move(what), std::move(done), {}, counts_at, in.now + trip});
  }

  /// The row is read and written in the order of time, whoever asks.
  void count() {
    for (auto& each : under_way) {
      if (each.is_counted || each.counts_at > in.now) continue;
      each.is_counted = true;
      each.is_lost = in.is_away;
      // A question that fails may have been committed nevertheless.
      if (in.is_away && in.random.between(0, 2) > 0) continue;
      each.said = domain::grant_slots(in.row, each.what, in.now);
    }
  }

  void hear() {
    for (auto each = under_way.begin(); each != under_way.end();) {
      if (each->answers_at > in.now) {
        ++each;
        continue;
      }
      const auto done = std::move(each->done);
      const auto said = each->is_lost ? leased_app_budgets::answer{} : each->said;
      each = under_way.erase(each);
      done(said);
    }
  }

  void live() {
    clock.set(in.now + ahead_of_all);
    const auto now = clock.now();
    count();
    hear();
    if (in.now >= next_tick) {
      budgets.give_back_unused(now);
      next_tick = in.now + 5s + milliseconds{in.random.between(0, 500)};
    }
    for (std::size_t i = 0; i < tenants.size(); ++i) use(tenants[i], now);
  }

  void use(tenant& of, base::timestamp now) {
    if (of.is_asking) return;
    if (!of.slot) {
      if (in.random.between<std::int64_t>(0, pace.count() / 10) > 0) return;
      of.is_asking = true;
      return budgets.reserve(app, in.budget, now, [&of, this](app_turn turn) {
        of.is_asking = false;
        of.slot = turn;
        of.uses_at = turn.at;
        const auto life = turn.until - turn.at;
        if (is_slow && life > 0us) of.uses_at += milliseconds{in.random.between<std::int64_t>(0, life / 1ms)};
      });
    }
    if (of.uses_at > now) return;
    const auto slot = *std::exchange(of.slot, std::nullopt);
    if (slot.is == app_turn::hold::refused) return;
    if (slot.until < now || (is_clumsy && in.random.between(1, 3) == 1)) {
      ++refunded;
      return budgets.refund(app, in.budget, slot, now);
    }
    in.call();
    if (now > slot.at + 100ms) ++in.late;
  }
};

/// One thing that becomes of the database or of a node.
void disturb(world& in, std::list<node>& nodes) {
  switch (in.random.between(0, 3)) {
    case 0:
    case 1: in.is_away = !in.is_away; break;
    case 2:  // it dies, with all that it was given and asks for
      nodes.erase(std::next(nodes.begin(), in.random.between<std::ptrdiff_t>(0, std::ssize(nodes) - 1)));
      nodes.emplace_back(in);
      break;
    default:
      if (nodes.size() < 4) {
        nodes.emplace_back(in);
      } else {
        nodes.pop_back();
      }
  }
}

domain::rate some_budget(support::random_source& random) {
  domain::rate budget;
  if (random.between(1, 2) == 1) {  // with slots to be had ahead
    budget.limit = random.between(16, 60);
    budget.burst = random.between(8, budget.limit);
    budget.window = milliseconds{random.between(10'000, 90'000)};
    return budget;
  }
  budget.limit = random.between(1, 3) == 1 ? random.between(1, 200) : random.between(1, 12);
  budget.burst = random.between(1, budget.limit);
  budget.window =
      milliseconds{random.between(1, 3) == 1 ? random.between(200, 120'000) : random.between(5'000, 30'000)};
  return budget;
}

}  // namespace

TEST_CASE("never more than the limit within any window, however many nodes share it, whatever dies and is lost") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  int counted = 0;
  int late = 0;
  int refunded = 0;
  for (int round = 0; round < 300; ++round) {
    world in{random, some_budget(random)};
    std::list<node> nodes;
    for (int i = random.between(1, 4); i > 0; --i) nodes.emplace_back(in);
    const milliseconds calm{random.between(1, 3) == 1 ? 2'000 : 15'000};
    auto next = noon + milliseconds{random.between<std::int64_t>(0, 2 * calm.count())};
    while (in.now < noon + 150s) {
      in.now += milliseconds{random.between(1, 20)};
      if (in.now >= next) {
        disturb(in, nodes);
        next = in.now + milliseconds{random.between<std::int64_t>(0, 2 * calm.count())};
      }
      for (auto& each : nodes) each.live();
    }
    counted += in.counted;
    late += in.late;
    for (const auto& each : nodes) refunded += each.refunded;
  }
  CHECK(counted > 2'000);  // it was put to the test
  CHECK(late > 250);
  CHECK(refunded > 250);
}

TEST_CASE("nodes that want more than the budget use all of it, and no node takes it all") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  const domain::rate budget{.limit = 60, .window = 60s, .burst = 20};
  world in{random, budget};
  std::list<node> nodes;
  while (nodes.size() < 2) {
    nodes.emplace_back(in);
    nodes.back().pace = 10ms;
    nodes.back().is_clumsy = nodes.back().is_slow = false;
    nodes.back().tenants.resize(3);
  }
  while (in.now < noon + 10min) {
    in.now += 5ms;
    for (auto& each : nodes) each.live();
  }
  const auto possible = budget.burst + static_cast<int>(10min / domain::slot_interval(budget));
  CHECK(in.counted >= possible * 95 / 100);
}

TEST_CASE("a single node leases many slots in one request") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  world in{random, {.limit = 100'000, .window = 24h, .burst = 50'000}};
  in.slowest_ms = 3;
  std::list<node> nodes;
  nodes.emplace_back(in);
  auto& only = nodes.front();
  only.pace = 10ms;
  only.is_clumsy = only.is_slow = false;
  only.tenants.resize(5);
  while (in.now < noon + 60s) {
    in.now += 10ms;
    only.live();
  }
  CHECK(in.counted > 5'000);
  CHECK(only.questions * 10 < in.counted);
}

}  // namespace pulse::actors
