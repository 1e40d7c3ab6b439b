// What is asked of a shared budget while a question is under way.
#include <mutex>
#include <optional>
#include <thread>

#include "tests/actors/system/held_node.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using hold = app_turn::hold;
using node = held_node;

constexpr auto patience = domain::shared_budget::patience;

}  // namespace

TEST_CASE("what is asked while a question is under way goes in one, in its order") {
  node one;
  one.forget_all();
  for (int i = 0; i < 8; ++i) one.ask();
  CHECK(one.sent == 1);
  one.answer();
  CHECK(one.turns.size() == 1);
  CHECK(one.sent == 2);
  one.answer();
  CHECK(one.sent == 2);
  CHECK(one.times() == std::vector<base::timestamp>{noon, noon, noon, noon, noon, noon + 10s, noon + 20s, noon + 30s});
}

TEST_CASE("more than a question carries goes with the next one") {
  node one;
  one.forget_all();
  constexpr int most = slot_questions::most_together;
  for (int i = 0; i < 1 + most + most + 1; ++i) one.ask();
  one.answer_all();
  CHECK(one.sent == 4);
  const auto times = one.times();
  REQUIRE(times.size() == 2 * most + 2);
  for (std::size_t i = 5; i < times.size(); ++i) CHECK(times[i] == times[i - 1] + 10s);
}

TEST_CASE("asks under a budget that was changed meanwhile are answered under it, after those before them") {
  node one;
  one.forget_all();
  const domain::rate strict{.limit = 1, .window = 1h, .burst = 1};
  for (const auto& budget : {few, few, few, strict, strict}) one.ask(noon, budget);
  one.answer();
  one.answer();
  CHECK(one.times() == std::vector<base::timestamp>(3, noon));
  one.answer();
  CHECK(one.sent == 3);
  CHECK(one.turns[3].at == noon + 3h);  // what was used costs what it costs under this one
  CHECK(one.turns[4].at == noon + 4h);
}

TEST_CASE("a question without an answer leaves those that wait for it without one, too") {
  node alone;
  alone.is_cut_off = true;
  for (int i = 0; i < 7; ++i) alone.ask();
  alone.answer();
  CHECK(alone.under_way.empty());
  CHECK(alone.sent == 1);
  CHECK(alone.times() ==
        std::vector<base::timestamp>{noon, noon, noon, noon, noon, noon + 10s, noon + 20s});  // as one that is alone

  const domain::rate strict{.limit = 1, .window = 1h, .burst = 1};
  alone.ask();
  alone.ask(noon, strict);
  alone.answer();
  CHECK(alone.turns.back().at == noon + 8h);  // by the budget that it asked under

  node one;
  one.budgets.share_among(2);
  one.is_cut_off = true;
  for (const auto late : {0ms, 1ms, 2ms}) one.ask(noon + late);
  one.answer();
  CHECK(one.sent == 1);
  REQUIRE(one.turns.size() == 3);
  for (const auto& each : one.turns) CHECK(each.is == hold::refused);
  CHECK(one.turns[2].at == noon + 2ms + 1s);
  one.is_cut_off = false;
  one.forget_all();
  one.ask(noon + 1s);
  CHECK(one.sent == 2);  // and the next one asks again
}

TEST_CASE("an ask that waited counts as made when it was sent") {
  node one;
  one.forget_all();
  one.ask();
  one.ask(noon + 1ms);
  one.time += 300ms;
  one.answer_all();
  CHECK(one.times() == std::vector<base::timestamp>{noon, noon + 301ms});
  one.turns.clear();

  one.budgets.share_among(2);
  one.ask(noon + 1s);
  one.ask(noon + 1s);
  one.time += 200ms;
  one.answer();
  one.is_cut_off = true;
  one.answer();
  CHECK(one.take(noon + 1s + patience).is == hold::refused);  // it was answered until 200 ms later
  CHECK(one.take(noon + 1s + patience + 199ms).is == hold::refused);
}

TEST_CASE("what the platform says is told once for all replies that came meanwhile, and the newest word holds") {
  node one;
  node other;
  one.forget_all();
  one.hear(2, noon + 100s);
  CHECK(one.sent == 1);
  for (const int left : {1, 2}) one.hear(left, noon + 100s);
  CHECK(one.sent == 1);
  one.answer_all();
  CHECK(one.sent == 2);
  CHECK(other.take().at == noon);
  CHECK(other.take().at == noon + 50s);  // not 100 s, as the word before would have it

  const auto later = noon + 100s;
  one.ask(later);
  one.hear(2, later + 1h, later);
  one.ask(later);
  CHECK(one.sent == 3);
  one.answer_all();
  CHECK(one.sent == 4);  // it went with the ask
  CHECK(one.times() == std::vector<base::timestamp>{later, later + 30min});
  CHECK(other.take(later).at == later + 1h);
}

TEST_CASE("a word that waits for a question without an answer is told nevertheless") {
  node one;
  node other;
  one.forget_all();
  one.is_cut_off = true;
  one.ask();
  one.hear(0, noon + 30min);
  one.answer();
  one.is_cut_off = false;
  one.answer_all();
  CHECK(other.take().at == noon + 30min);
}

TEST_CASE("who is given a slot may ask for the next one at once") {
  node one;
  one.forget_all();
  int given = 0;
  one.budgets.reserve(channel_type::x, few, noon, [&one, &given](app_turn) {
    one.budgets.reserve(channel_type::x, few, noon, [&given](app_turn) { ++given; });
  });
  one.answer_all();
  CHECK(given == 1);
}

TEST_CASE("each of many that ask at the same time is given a slot of its own") {
  constexpr int threads = 4;
  constexpr int each = 200;
  std::optional<persistence::redis> redis{std::in_place, persistence::redis::options{.url = database(0)}};
  auto* through = &*redis;  // which still answers what it is asked while it stops
  REQUIRE(redis->run({"FLUSHDB"}));
  std::mutex mutex;
  std::vector<base::timestamp> times;
  shared_app_budgets budgets{[through](persistence::redis_command command, persistence::redis::done done) {
                               through->submit(std::move(command), std::move(done));
                             },
                             [] { return slot_questions::monotonic_time{}; }};
  std::vector<std::thread> asking;
  for (int i = 0; i < threads; ++i) {
    asking.emplace_back([&] {
      for (int slot = 0; slot < each; ++slot) {
        budgets.reserve(channel_type::x, few, noon, [&](app_turn turn) {
          const std::lock_guard lock{mutex};
          times.push_back(turn.at);
        });
        budgets.observe(channel_type::x, few, {"posts_app_24h", 10'000, noon + 1h}, noon);
      }
    });
  }
  for (auto& one : asking) one.join();
  const auto all_given = [&] {
    const std::lock_guard lock{mutex};
    return times.size() == threads * each;
  };
  while (!all_given()) REQUIRE(redis->run({"PING"}));
  redis.reset();
  for (std::size_t i = 5; i < times.size(); ++i) CHECK(times[i] == times[i - 1] + 10s);
}

}  // namespace pulse::actors
