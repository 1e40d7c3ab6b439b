// A node that shares a budget through a real Redis, which answers when a test wants it.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "actors/budgets/shared_app_budgets.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::actors {

inline const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
inline const domain::rate few{
    .limit = 10, .window = std::chrono::seconds{60}, .burst = 5};  // 10 s each, after the burst

/// One of the private Redis' databases, which know nothing of each other.
inline std::string database(int number) {
  return tests::shared_servers().redis_url() + "?db=" + std::to_string(number);
}

/// A node of which each question is under way until `answer`.
struct held_node {
  persistence::redis redis;
  bool is_cut_off = false;
  int sent = 0;  // questions
  std::deque<std::pair<persistence::redis_command, persistence::redis::done>> under_way;
  slot_questions::monotonic_time time{};
  shared_app_budgets budgets{[this](persistence::redis_command command, persistence::redis::done done) {
                               ++sent;
                               under_way.emplace_back(std::move(command), std::move(done));
                             },
                             [this] { return time; }};
  int asked = 0;
  int answered = 0;
  std::deque<app_turn> turns{};  // in the order of the asks, which is that of the answers

  explicit held_node(int number = 0) : redis({.url = database(number)}) {}

  void answer() {
    const auto [command, done] = std::move(under_way.front());
    under_way.pop_front();
    if (is_cut_off) return done(persistence::redis_failure{persistence::redis_failure_kind::unavailable, "away"});
    done(redis.run(command));
  }
  void answer_all() {
    while (!under_way.empty()) answer();
  }
  std::function<void(app_turn)> noted() {
    return [this, number = asked++](app_turn slot) {
      CHECK(number == answered++);
      turns.push_back(slot);
    };
  }
  /// Confirms it when it is reserved, and otherwise asks for a slot.
  void ask(base::timestamp now = noon, const domain::rate& budget = few, const app_turn& held = {}) {
    if (held.is == app_turn::hold::reserved)
      return budgets.confirm(domain::channel_type::x, budget, held, now, noted());
    budgets.reserve(domain::channel_type::x, budget, now, noted());
  }
  void hear(int remaining, base::timestamp resets_at, base::timestamp now = noon, const domain::rate& budget = few) {
    budgets.observe(domain::channel_type::x, budget, {"posts_app_24h", remaining, resets_at}, now);
  }
  app_turn take(base::timestamp now = noon, const domain::rate& budget = few) {
    ask(now, budget);
    answer_all();
    const auto turn = turns.back();
    turns.clear();
    return turn;
  }
  std::vector<base::timestamp> times() const {
    std::vector<base::timestamp> all;
    for (const auto& each : turns) all.push_back(each.at);
    return all;
  }
  void forget_all() { REQUIRE(redis.run({"FLUSHDB"})); }
};

}  // namespace pulse::actors
