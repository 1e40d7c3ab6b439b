#include "actors/system/database_store.hpp"

#include <algorithm>
#include <future>

#include <catch2/catch.hpp>

#include "persistence/engine/ownership.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;

/// The real store on a clock that a test sets.
struct shifted_store {
  tests::publishing_store rows;
  base::manual_clock clock{base::system_clock{}.now()};
  base::uuid node_id = base::uuid_from_name("node");
  database_store store{rows.engine(), clock, {node_id, "test", {}}};

  ~shifted_store() { rows.engine().stop(); }

  void shift(std::chrono::milliseconds by) { clock.set(base::system_clock{}.now() + by); }

  template <class Answer, class Ask>
  Answer ask(Ask what) {
    std::promise<Answer> answer;
    auto waits = answer.get_future();
    what([&answer](Answer said) { answer.set_value(std::move(said)); });
    REQUIRE(waits.wait_for(20s) == std::future_status::ready);
    return waits.get();
  }
  store::entry_answer enter() {
    return ask<store::entry_answer>([this](auto done) { store.enter(std::move(done)); });
  }
  store::lease_answer renew() {
    return ask<store::lease_answer>([this](auto done) { store.renew_lease(7, std::move(done)); });
  }
};

}  // namespace

TEST_CASE("a node whose clock is far from the server's is refused, and learns the difference") {
  shifted_store with;
  const auto way = GENERATE(60s, -60s);
  with.shift(way);
  const auto refused = with.enter();
  CHECK(refused.word == store::entry_word::clock_apart);
  // The clock of this test stands still while it is asked.
  CHECK(std::chrono::abs(refused.clock.ahead - way) < 15s);
  CHECK(with.renew().word == store::lease_word::over);
  with.shift(0s);
  const auto done = with.enter();
  CHECK(done.word == store::entry_word::done);
  const auto renewed = with.renew();
  CHECK(renewed.word == store::lease_word::renewed);
  CHECK(renewed.clock.at_least() < 15s);
}

TEST_CASE("a renewal returns the other nodes' leases that end soon or have ended") {
  shifted_store with;
  with.shift(0s);
  REQUIRE(with.enter().word == store::entry_word::done);
  const auto now = with.clock.now();
  with.rows.as_engine([now](persistence::transaction& tx) {
    persistence::register_node(tx, base::uuid_from_name("dead"), "dead", now - 1min, now);
    persistence::register_node(tx, base::uuid_from_name("dying"), "dying", now + lease::ends_ahead, now);
    persistence::register_node(tx, base::uuid_from_name("living"), "living", now + lease::length, now);
  });
  CHECK(with.renew().ends == std::vector<base::timestamp>{now + lease::ends_ahead, now - 1min});
  CHECK(with.renew().others.size() == 2);  // that live
  const auto seen = with.rows.as_engine([now](persistence::transaction& tx) {
    return persistence::other_shares(tx, base::uuid_from_name("living"), now);
  });
  const auto own =
      std::find_if(seen.begin(), seen.end(), [&](const auto& each) { return each.node_id == with.node_id; });
  REQUIRE(own != seen.end());
  CHECK(own->tenants == 7);
}

}  // namespace pulse::actors
