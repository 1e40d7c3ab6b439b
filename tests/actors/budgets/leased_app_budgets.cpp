#include "actors/budgets/leased_app_budgets.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <future>
#include <thread>

#include "domain/platforms/platform_limits.hpp"
#include "tests/support/migrated_database.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using hold = app_turn::hold;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const domain::rate few{.limit = 10, .window = 57s, .burst = 5};            // 10 s each, after the burst
const domain::rate ample{.limit = 10'000, .window = 24h, .burst = 5'000};  // as X has it
const std::string app = "x";

/// The row, and its clock.
struct counter {
  base::manual_clock clock{noon};
  domain::app_budget row{};
  bool is_away = false;
};

/// A node of which each question is under way until `answer`.
struct node {
  struct question {
    domain::slot_request what;
    std::function<void(leased_app_budgets::answer)> done;
  };

  counter& at;
  std::deque<question> under_way{};
  int sent = 0;
  std::deque<app_turn> turns{};  // in the order of the asks
  leased_app_budgets budgets;

  explicit node(counter& in)
      : at(in),
        budgets(
            [this](const std::string&, domain::slot_request what,
                   std::function<void(leased_app_budgets::answer)> done) {
              ++sent;
              under_way.push_back({std::move(what), std::move(done)});
            },
            in.clock) {}

  void answer() {
    const auto [what, done] = std::move(under_way.front());
    under_way.pop_front();
    if (at.is_away) return done({});
    done(domain::grant_slots(at.row, what, at.clock.now()));
  }
  void answer_all() {
    while (!under_way.empty()) answer();
  }
  void ask(const domain::rate& budget = few) {
    budgets.reserve(app, budget, at.clock.now(), [this](app_turn turn) { turns.push_back(turn); });
  }
  app_turn take(const domain::rate& budget = few) {
    ask(budget);
    answer_all();
    REQUIRE(turns.size() == 1);
    const auto turn = turns.front();
    turns.clear();
    return turn;
  }
  void hear(int remaining, base::timestamp resets_at) {
    budgets.observe(app, few, {"posts_app_24h", remaining, resets_at}, at.clock.now());
    answer_all();
  }
  void give_back_unused() {
    budgets.give_back_unused(at.clock.now());
    answer_all();
  }
  std::vector<base::timestamp> times() const {
    std::vector<base::timestamp> all;
    for (const auto& each : turns) all.push_back(each.at);
    return all;
  }
};

struct two_nodes {
  counter row;
  node one{row};
  node other{row};
};

}  // namespace

TEST_CASE_METHOD(two_nodes, "the nodes share the app's budget") {
  for (int i = 0; i < 3; ++i) CHECK(one.take().at == noon);
  for (int i = 0; i < 2; ++i) CHECK(other.take().at == noon);
  CHECK(other.take().at == noon + 10s);
  const auto last = one.take();
  CHECK(last.at == noon + 20s);
  CHECK(last.is == hold::granted);
  CHECK_FALSE(last.is_told);
}

TEST_CASE_METHOD(two_nodes, "requests during a query go together in the next one, in order") {
  for (int i = 0; i < 8; ++i) one.ask();
  CHECK(one.sent == 1);
  one.answer();
  CHECK(one.turns.size() == 1);
  CHECK(one.sent == 2);
  one.answer();
  CHECK(one.sent == 2);
  CHECK(one.times() == std::vector<base::timestamp>{noon, noon, noon, noon, noon, noon + 10s, noon + 20s, noon + 30s});
}

TEST_CASE_METHOD(two_nodes, "requests beyond one query's limit go with the next one") {
  constexpr int most = leased_app_budgets::most_together;
  for (int i = 0; i < 1 + most + most + 1; ++i) one.ask();
  one.answer_all();
  CHECK(one.sent == 4);
  const auto times = one.times();
  REQUIRE(times.size() == 2 * most + 2);
  for (std::size_t i = 5; i < times.size(); ++i) CHECK(times[i] == times[i - 1] + 10s);
}

TEST_CASE_METHOD(two_nodes, "requests during a change of the budget are answered under the new one") {
  const domain::rate strict{.limit = 1, .window = 57s, .burst = 1};
  for (const auto& budget : {few, few, few, strict, strict}) one.ask(budget);
  one.answer();
  one.answer();
  CHECK(one.times() == std::vector<base::timestamp>(3, noon));
  one.answer();
  CHECK(one.sent == 3);
  CHECK(one.turns[3].at == noon + 3min);  // what was used costs what it costs under this one
  CHECK(one.turns[4].at == noon + 4min);
}

TEST_CASE_METHOD(two_nodes, "a node that asks often has slots in advance, and waits for no request") {
  for (int i = 0; i < 100; ++i) one.take(ample);
  const auto before = one.sent;
  for (int i = 0; i < 20; ++i) {
    one.ask(ample);
    CHECK(one.turns.size() == static_cast<std::size_t>(i) + 1);
  }
  one.answer_all();
  CHECK(one.sent - before <= 2);
}

TEST_CASE_METHOD(two_nodes, "a node that asks now and then has no slots in advance, and wastes none") {
  for (int i = 0; i < 20; ++i) {
    one.take(ample);
    row.clock.advance(10s);
    one.give_back_unused();
  }
  CHECK(one.sent == 20);
  CHECK(row.row.slots.size() == 20);
}

TEST_CASE_METHOD(two_nodes,
                 "slots ahead that were not used in time are given back, and so are they when the node stops") {
  for (int i = 0; i < 20; ++i) one.take(ample);
  const auto used_up = [&] { return (row.row.arrival() - noon) / domain::slot_interval(ample); };
  CHECK(used_up() > 20);
  row.clock.advance(2s);
  one.give_back_unused();
  CHECK(used_up() == 20);
  for (int i = 0; i < 20; ++i) one.take(ample);
  CHECK(used_up() > 40);
  one.budgets.stop();
  one.answer_all();
  CHECK(used_up() == 40);
}

TEST_CASE_METHOD(two_nodes,
                 "without an answer no slot is taken, and all waiting callers are told to retry in a second") {
  row.is_away = true;
  for (int i = 0; i < 7; ++i) one.ask();
  one.answer();
  CHECK(one.under_way.empty());
  CHECK(one.sent == 1);
  REQUIRE(one.turns.size() == 7);
  for (const auto& each : one.turns) {
    CHECK(each.is == hold::refused);
    CHECK(each.at == noon + 1s);
  }
  one.turns.clear();
  row.is_away = false;
  CHECK(one.take().is == hold::granted);
}

TEST_CASE_METHOD(two_nodes, "slots returned in a request without an answer stay spent, because it may have arrived") {
  const auto turn = one.take();
  one.budgets.refund(app, few, turn, noon);
  one.ask();
  const auto lost = one.under_way.front().what;
  CHECK(lost.unused == std::vector<base::timestamp>{noon});
  row.is_away = true;
  one.answer();
  row.is_away = false;
  one.ask();
  CHECK(one.under_way.front().what.unused.empty());
}

TEST_CASE_METHOD(two_nodes, "a slot without effect is available again, to every node") {
  for (int i = 0; i < 4; ++i) one.take();
  const auto last = other.take();
  CHECK(one.take().at == noon + 10s);
  other.budgets.refund(app, few, last, noon);
  other.give_back_unused();
  CHECK(one.take().at == noon + 10s);
  CHECK(one.take().at == noon + 20s);
}

TEST_CASE_METHOD(two_nodes, "a slot is used neither before its time nor after its life, by the clocks of both") {
  for (int i = 0; i < 5; ++i) one.take();
  one.ask();
  row.clock.advance(200ms);
  one.answer();
  const auto now = one.turns.back();
  CHECK(now.at == noon + 10s);
  CHECK(now.until == noon + 10s + 3s - 200ms);
}

TEST_CASE_METHOD(two_nodes, "a report about the app to one node is obeyed by the others with their next slot") {
  other.take();
  one.hear(0, noon + 30min);
  CHECK(one.budgets.blocked_until(app) == noon + 30min);
  const auto slot = other.take();
  CHECK(slot.at == noon + 30min);
  CHECK(slot.is_told);
  CHECK(other.budgets.blocked_until(app) == noon + 30min);
}

TEST_CASE_METHOD(two_nodes, "a platform's block also holds for slots leased in advance") {
  for (int i = 0; i < 20; ++i) one.take(ample);
  one.budgets.observe(app, ample, {"posts_app_24h", 0, noon + 30min}, noon);
  one.answer_all();
  CHECK(one.take(ample).at == noon + 30min);
}

TEST_CASE_METHOD(two_nodes, "a scarce app's budget is spread over all nodes, until the platform says better") {
  CHECK(one.take().at == noon);
  one.hear(2, noon + 100s);
  CHECK(other.take().at == noon + 50s);
  CHECK(one.take().at == noon + 100s);  // the platform's budget is a new one then
  row.clock.advance(10s);
  other.hear(9, noon + 100s);
  const auto slot = one.take();
  CHECK(slot.at == noon + 70s);  // by the own budget alone, of which the slots before have used more than its burst
  CHECK_FALSE(slot.is_told);
}

TEST_CASE_METHOD(two_nodes, "the reports of several replies are stored once, and only when they are new") {
  const auto hear = [&](int left) { one.budgets.observe(app, few, {"posts_app_24h", left, noon + 100s}, noon); };
  hear(9'000);
  CHECK(one.sent == 0);
  hear(2);
  CHECK(one.sent == 1);
  hear(1);
  hear(2);
  hear(1);
  one.answer_all();
  CHECK(one.sent == 2);
  hear(1);
  CHECK(one.sent == 2);
  CHECK(other.take().at == noon);
  CHECK(other.take().at == noon + 100s);
}

TEST_CASE_METHOD(two_nodes, "the platform's reports are stored when the database is back") {
  row.is_away = true;
  one.hear(0, noon + 30min);
  CHECK(one.sent == 1);
  row.is_away = false;
  CHECK(one.take().at == noon + 30min);
  CHECK(other.take().at == noon + 30min);
}

TEST_CASE_METHOD(two_nodes, "a node that gets a slot may ask for the next one at once") {
  int given = 0;
  one.budgets.reserve(app, few, noon,
                      [&](app_turn) { one.budgets.reserve(app, few, noon, [&given](app_turn) { ++given; }); });
  one.answer_all();
  CHECK(given == 1);
}

TEST_CASE(
    "two processes that ask one database at the same time are given no slot twice, and no more than the burst at "
    "once") {
  constexpr int threads = 2;
  constexpr int each = 40;
  const domain::rate budget{.limit = 100, .window = 24h, .burst = 50};
  const auto url = tests::migrated_database();
  const base::system_clock clock;
  std::mutex mutex;
  std::vector<base::timestamp> slots;
  int at_once = 0;
  int refused = 0;
  const auto node_with_many = [&] {
    persistence::database database{{.url = url, .connections = 2, .as = persistence::role::engine}};
    leased_app_budgets budgets{database, clock};
    const auto began = clock.now();
    std::vector<std::thread> asking;
    for (int i = 0; i < threads; ++i) {
      asking.emplace_back([&] {
        for (int slot = 0; slot < each; ++slot) {
          std::promise<app_turn> taken;
          budgets.reserve(app, budget, clock.now(), [&taken](app_turn turn) { taken.set_value(turn); });
          const auto turn = taken.get_future().get();
          const std::lock_guard lock{mutex};
          if (turn.is == hold::refused) ++refused;
          if (turn.at < began + 10min) ++at_once;
          slots.push_back(turn.slot);
        }
      });
    }
    for (auto& one : asking) one.join();
    database.stop();
  };
  std::thread other{node_with_many};
  node_with_many();
  other.join();
  CHECK(at_once <= budget.burst);
  CHECK(at_once >= budget.burst / 2);  // what somebody has ahead and does not use in time is no other's in this moment
  CHECK(refused == 0);
  std::sort(slots.begin(), slots.end());
  REQUIRE(slots.size() == 2 * threads * each);
  const auto reserved = slots.begin() + at_once;
  CHECK(std::adjacent_find(reserved, slots.end()) == slots.end());
}

}  // namespace pulse::actors
