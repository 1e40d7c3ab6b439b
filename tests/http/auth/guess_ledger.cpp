#include "http/auth/guess_ledger.hpp"

#include <catch2/catch.hpp>

#include "domain/people/guessing.hpp"

using namespace pulse;
using namespace std::chrono_literals;

TEST_CASE("wrong guesses wait, each longer than the one before, and others do not") {
  http::guess_ledger ledger;
  auto now = std::chrono::steady_clock::now();
  for (int i = 0; i < domain::free_guesses; ++i) CHECK(ledger.begin("a", now) == 0s);
  CHECK(ledger.begin("a", now) == 1s);
  CHECK(ledger.begin("b", now) == 0s);
  now += 1s;
  CHECK(ledger.begin("a", now) == 0s);
  CHECK(ledger.begin("a", now) == 2s);
  now += 1500ms;
  CHECK(ledger.begin("a", now) == 1s);
}

TEST_CASE("a right guess forgives all before it, and so does a day") {
  http::guess_ledger ledger;
  const auto now = std::chrono::steady_clock::now();
  for (int i = 0; i < domain::free_guesses; ++i) ledger.begin("a", now);
  ledger.forgive("a");
  CHECK(ledger.begin("a", now) == 0s);
  for (int i = 0; i < 9; ++i) ledger.begin("a", now);
  CHECK(ledger.begin("a", now + domain::guesses_forgotten_after + 1s) == 0s);
  CHECK(ledger.begin("a", now + domain::guesses_forgotten_after + 1s) == 0s);
}
