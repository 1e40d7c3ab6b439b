#include "persistence/people/wrong_guesses.hpp"

#include <catch2/catch.hpp>

#include "domain/people/guessing.hpp"
#include "persistence/postgres/database.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;
using namespace std::chrono_literals;
namespace guesses = pulse::persistence::wrong_guesses;

namespace {

struct guess_fixture {
  std::string url = tests::migrated_database();
  database requests{{.url = url, .connections = 2, .as = role::request}};
  base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

  ~guess_fixture() { requests.stop(); }

  std::chrono::seconds begin(std::string_view key) {
    return *requests.transact_now(std::nullopt, [&](transaction& tx) { return guesses::begin(tx, key, now); });
  }
  void forgive(std::string_view key) {
    REQUIRE(requests.transact_now(std::nullopt, [&](transaction& tx) { guesses::forgive(tx, key); }).has_value());
  }
  std::chrono::seconds take(std::string_view key) {
    return *requests.transact_now(std::nullopt, [&](transaction& tx) {
      return guesses::take(tx, key, {10, std::chrono::hours{24}}, now);
    });
  }
  void give_back(std::string_view key) {
    const auto done = requests.transact_now(std::nullopt, [&](transaction& tx) {
      guesses::give_back(tx, key, {10, std::chrono::hours{24}});
    });
    REQUIRE(done.has_value());
  }
};

}  // namespace

TEST_CASE("wrong guesses wait, each longer than the one before, and others do not") {
  guess_fixture counted;
  for (int i = 0; i < domain::free_guesses; ++i) CHECK(counted.begin("a") == 0s);
  CHECK(counted.begin("a") == 1s);
  CHECK(counted.begin("b") == 0s);
  counted.now += 1s;
  CHECK(counted.begin("a") == 0s);
  CHECK(counted.begin("a") == 2s);
  counted.now += 1500ms;
  CHECK(counted.begin("a") == 1s);
}

TEST_CASE("a right guess forgives all before it, and so does a day") {
  guess_fixture counted;
  for (int i = 0; i < domain::free_guesses; ++i) counted.begin("a");
  counted.forgive("a");
  CHECK(counted.begin("a") == 0s);
  for (int i = 0; i < 9; ++i) counted.begin("a");
  counted.now += domain::guesses_forgotten_after + 1s;
  CHECK(counted.begin("a") == 0s);
  CHECK(counted.begin("a") == 0s);
}

TEST_CASE("an allowance is used up, comes back one by one, and is given back") {
  guess_fixture counted;
  for (int i = 0; i < 10; ++i) CHECK(counted.take("a") == 0s);
  CHECK(counted.take("a") == 8640s);
  CHECK(counted.take("b") == 0s);
  counted.give_back("a");
  CHECK(counted.take("a") == 0s);
  CHECK(counted.take("a") > 0s);
  counted.now += 8640s;
  CHECK(counted.take("a") == 0s);
  CHECK(counted.take("a") > 0s);
}

TEST_CASE("what counts for nothing any more is forgotten, and what counts is not") {
  guess_fixture counted;
  counted.begin("old");
  counted.now += std::chrono::hours{13};
  counted.begin("new");
  counted.now += std::chrono::hours{12};
  database engine{{.url = counted.url, .connections = 1, .as = role::engine}};
  const auto forgotten =
      engine.transact_now(std::nullopt, [&](transaction& tx) { return guesses::forget(tx, counted.now, 10); });
  engine.stop();
  REQUIRE(forgotten.has_value());
  CHECK(*forgotten == 1);
}
