#include "actors/budgets/slot_questions.hpp"

#include <catch2/catch.hpp>

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const slot_questions::monotonic_time start{1h};
const domain::rate few{.limit = 10, .window = 60s, .burst = 5};
const domain::rate fewer{.limit = 5, .window = 60s, .burst = 5};

/// An ask that is known by the slot that it holds.
slot_questions::ask numbered(int number, const domain::rate& budget = few, base::timestamp now = noon) {
  return {budget, {.at = noon + std::chrono::seconds{number}}, now, {}};
}

std::vector<int> numbers_of(const std::vector<slot_questions::ask>& asks) {
  std::vector<int> numbers;
  for (const auto& each : asks) numbers.push_back(static_cast<int>((each.held.at - noon) / 1s));
  return numbers;
}

std::vector<int> next_numbers(slot_questions& questions) {
  const auto next = questions.next(start);
  return next ? numbers_of(next->asks) : std::vector<int>{};
}

}  // namespace

TEST_CASE("one question is under way at a time, and what comes meanwhile goes with the next in its order") {
  slot_questions questions;
  CHECK_FALSE(questions.next(start));
  questions.add(numbered(1), start);
  CHECK(next_numbers(questions) == std::vector{1});
  for (const int number : {2, 3, 4}) questions.add(numbered(number), start);
  CHECK_FALSE(questions.next(start));
  questions.answered();
  CHECK(next_numbers(questions) == std::vector{2, 3, 4});
  questions.answered();
  CHECK_FALSE(questions.next(start));
}

TEST_CASE("a question carries so many asks and no more") {
  constexpr auto most = static_cast<int>(slot_questions::most_together);
  slot_questions questions;
  for (int number = 0; number < most + 2; ++number) questions.add(numbered(number), start);
  const auto first = questions.next(start);
  REQUIRE(first);
  CHECK(first->asks.size() == slot_questions::most_together);
  questions.answered();
  CHECK(next_numbers(questions) == std::vector{most, most + 1});
}

TEST_CASE("asks under another budget go with a question of their own, and nobody is overtaken") {
  slot_questions questions;
  questions.add(numbered(1), start);
  questions.add(numbered(2, fewer), start);
  questions.add(numbered(3, fewer), start);
  questions.add(numbered(4), start);
  for (const auto& expected : {std::vector{1}, std::vector{2, 3}, std::vector{4}}) {
    CHECK(next_numbers(questions) == expected);
    questions.answered();
  }
}

TEST_CASE("a question's time is when it is sent, which is the asks' own when they have not waited") {
  slot_questions questions;
  questions.add(numbered(1), start);
  CHECK(questions.next(start)->now == noon);
  questions.add(numbered(2, few, noon + 10ms), start + 15ms);
  questions.add(numbered(3, few, noon + 5ms), start + 20ms);
  questions.answered();
  CHECK(questions.next(start + 200ms)->now == noon + 195ms);
}

TEST_CASE("what waits behind a question without an answer has none either") {
  slot_questions questions;
  questions.add(numbered(1), start);
  questions.next(start);
  questions.add(numbered(2, few, noon + 1s), start + 1s);
  questions.add(numbered(3, fewer, noon + 2s), start + 2s);
  const auto behind = questions.failed();
  CHECK(numbers_of(behind) == std::vector{2, 3});
  CHECK(behind.front().now == noon + 1s);
  CHECK_FALSE(questions.next(start + 2s));
  questions.add(numbered(4), start);
  CHECK(next_numbers(questions) == std::vector{4});
}

TEST_CASE("of the words that wait the newest is told, and the latest time before which nothing is wanted") {
  slot_questions questions;
  questions.tell({few, {noon + 1min, 5s, noon + 1h}});
  CHECK(questions.next(start)->told->told.interval == 5s);
  questions.tell({few, {noon + 9min, 7s, noon + 1h}});
  questions.tell({few, {noon + 2min, 6s, noon + 2h}});
  CHECK_FALSE(questions.next(start));
  questions.answered();
  const auto next = questions.next(start);
  REQUIRE(next);
  CHECK(next->asks.empty());
  CHECK(next->told->told.blocked_until == noon + 9min);
  CHECK(next->told->told.interval == 6s);
  CHECK(next->told->told.until == noon + 2h);
  questions.answered();
  CHECK_FALSE(questions.next(start));
}

TEST_CASE("a word goes with the asks that wait, or alone after a question without an answer") {
  slot_questions questions;
  questions.add(numbered(1), start);
  questions.next(start);
  questions.tell({few, {noon + 1min, 0s, {}}});
  questions.add(numbered(2), start);
  questions.answered();
  const auto next = questions.next(start);
  REQUIRE(next);
  CHECK(numbers_of(next->asks) == std::vector{2});
  CHECK(next->told);
  questions.tell({few, {noon + 2min, 0s, {}}});
  questions.add(numbered(3), start);
  questions.failed();
  const auto last = questions.next(start);
  REQUIRE(last);
  CHECK(last->asks.empty());
  CHECK(last->told->told.blocked_until == noon + 2min);
}

}  // namespace pulse::actors
