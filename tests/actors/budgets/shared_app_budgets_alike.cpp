// What is asked together is what it would be one after the other: the same nodes twice, each time in a Redis of their own.
#include <algorithm>
#include <list>

#include "tests/actors/system/held_node.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using hold = app_turn::hold;
using node = held_node;

/// All that Redis knows, without the nodes' names of themselves.
std::vector<std::string> known_to(persistence::redis& redis) {
  std::vector<std::string> all;
  for (const auto* key : {"", ":roll", ":counted"}) {
    const auto fields = redis.run({"HGETALL", std::string{"pulse:app_budget_of:x"} + key});
    REQUIRE(fields);
    const auto& items = *fields->array();
    for (std::size_t i = 0; i < items.size(); i += 2)
      all.push_back((*key == '\0' ? *items[i].string() + " " : key) + *items[i + 1].string());
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string in_words(const app_turn& turn) {
  return std::to_string((turn.at - noon).count()) + " " + std::to_string(static_cast<int>(turn.is)) +
         (turn.is_told ? " told " : " ") + std::to_string((turn.since - noon).count());
}

/// The same nodes, where what is asked at one time is asked together, and where each waits for the one before it.
struct both_ways {
  std::list<node> together;
  std::list<node> alone;
  std::vector<app_turn> held;  // which wait for their time
  int granted = 0;
  int refused = 0;
  int confirmed = 0;

  explicit both_ways(int nodes) {
    for (int i = 0; i < nodes; ++i) {
      together.emplace_back(0);
      alone.emplace_back(1);
    }
    for (auto* side : {&together, &alone}) side->front().forget_all();
  }

  void each(const std::function<void(node&)>& act) {
    for (auto* side : {&together, &alone}) {
      for (auto& one : *side) {
        act(one);
        one.answer_all();
      }
    }
  }

  /// One node asks for all of it at `now`.
  void ask(int which, base::timestamp now, const domain::rate& budget, const std::vector<app_turn>& wishes) {
    auto& one = *std::next(together.begin(), which);
    auto& other = *std::next(alone.begin(), which);
    const int before = one.sent;
    for (const auto& wish : wishes) {
      one.ask(now, budget, wish);
      other.ask(now, budget, wish);
      other.answer_all();
    }
    one.answer_all();
    CHECK(one.sent - before <= 2);
    REQUIRE(one.turns.size() == wishes.size());
    REQUIRE(other.turns.size() == wishes.size());
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      CHECK(in_words(one.turns[i]) == in_words(other.turns[i]));
      note(wishes[i], one.turns[i]);
    }
    CHECK(known_to(one.redis) == known_to(other.redis));
    for (auto* answered : {&one, &other}) answered->turns.clear();
  }

  void note(const app_turn& wish, const app_turn& turn) {
    if (turn.is == hold::reserved) held.push_back(turn);
    if (turn.is == hold::refused) ++refused;
    if (turn.is == hold::granted) ++(wish.is == hold::reserved ? confirmed : granted);
  }
};

}  // namespace

TEST_CASE("what is asked together gets the slots that it would have got one after the other") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  int granted = 0;
  int refused = 0;
  int confirmed = 0;
  for (int round = 0; round < 12; ++round) {
    const int count = random.between(1, 3);
    both_ways worlds{count};
    if (count > 1) worlds.each([count](node& one) { one.budgets.share_among(count); });
    domain::rate budget{.limit = random.between(4, 40), .window = 60s, .burst = 1};
    budget.burst = random.between(1, budget.limit);
    auto now = noon;
    for (int step = 0; step < 40; ++step) {
      now += std::chrono::milliseconds{random.between(0, 1) == 0 ? random.between(0, 500) : random.between(500, 6'000)};
      const int kind = random.between(0, 14);
      INFO("round " << round << ", step " << step << ", " << count << " nodes, kind " << kind);
      if (kind == 0) {
        for (auto* side : {&worlds.together, &worlds.alone}) side->front().forget_all();
      } else if (kind == 1) {
        const bool is_away = random.between(0, 1) == 0;
        worlds.each([is_away](node& one) { one.is_cut_off = is_away; });
      } else if (kind == 2) {
        const int left = random.between(0, 3);
        for (auto* side : {&worlds.together, &worlds.alone}) side->front().hear(left, now + 20s, now, budget);
        worlds.each([](node&) {});
      } else if (kind == 3) {
        budget.limit = random.between(budget.burst, 40);
      }
      if (kind % 2 == 0) worlds.each([now](node& one) { one.budgets.keep_in_touch(now); });
      std::vector<app_turn> wishes(random.between<std::size_t>(1, 9));
      for (auto& wish : wishes) {
        if (worlds.held.empty() || worlds.held.front().at > now || random.between(0, 3) == 0) continue;
        wish = worlds.held.front();
        worlds.held.erase(worlds.held.begin());
      }
      worlds.ask(random.between(0, count - 1), now, budget, wishes);
    }
    granted += worlds.granted;
    refused += worlds.refused;
    confirmed += worlds.confirmed;
  }
  CHECK(granted > 50);  // it was put to the test
  CHECK(refused > 50);
  CHECK(confirmed > 20);
}

}  // namespace pulse::actors
