#include <future>
#include <latch>

#include <catch2/catch.hpp>

#include "persistence/engine/delivery_ledger.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::noon;

constexpr statement hold_delivery{"hold_delivery", "SELECT id FROM deliveries WHERE id = $1 FOR UPDATE"};

}  // namespace

TEST_CASE("an intent that is stuck holds up no other tenant's") {
  tests::publishing_store store;
  const auto stuck = store.add_company("Stuck");
  const auto free = store.add_company("Free");
  const auto stuck_fence = store.own(stuck);
  const auto free_fence =
      store.as_engine([&](transaction& tx) { return take_tenant(tx, free.id, store.node_id(), noon()).value(); });
  const auto held = store.deliveries(stuck, store.add_post(stuck, noon(), {stuck.website_id})).at(0).id;
  const auto other = store.deliveries(free, store.add_post(free, noon(), {free.website_id})).at(0).id;

  std::latch is_held{1};
  std::latch let_go{1};
  auto holding = std::async(std::launch::async, [&] {
    return store.engine().transact_now(std::nullopt, [&](transaction& tx) {
      tx.execute(hold_delivery, held);
      is_held.count_down();
      let_go.wait();
    });
  });
  is_held.wait();
  std::promise<ledger_answer> first;
  std::promise<ledger_answer> second;
  auto of_first = first.get_future();
  auto of_second = second.get_future();
  delivery_ledger ledger{store.engine(), store.node_id(), {.stuck_after = 50ms}};
  ledger.claim(store.intent_for(stuck, held, stuck_fence, noon()),
               [&first](ledger_answer what, const auto&) { first.set_value(what); });
  // Nothing else happens that would start it.
  ledger.claim(store.intent_for(free, other, free_fence, noon()),
               [&second](ledger_answer what, const auto&) { second.set_value(what); });
  const bool is_answered = of_second.wait_for(5s) == std::future_status::ready;
  CHECK(is_answered);
  CHECK(of_first.wait_for(0s) == std::future_status::timeout);
  let_go.count_down();
  CHECK(of_first.get() == ledger_answer::done);
  CHECK(of_second.get() == ledger_answer::done);
  holding.get();
  store.engine().stop();
}

}  // namespace pulse::persistence
