#include "persistence/budgets/rate_limits.hpp"

#include <catch2/catch.hpp>

#include "persistence/explaining/simulation.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::company;
using tests::noon;
using tests::publishing_store;

/// An attempt of a new post that began at `at` and was told by the platform to wait until `until`; the delivery.
base::uuid refuse(publishing_store& store, const company& of, std::int64_t fence, base::timestamp until,
                  const base::uuid& channel_id, base::timestamp at = noon()) {
  const auto id = store.deliveries(of, store.add_post(of, at, {channel_id})).at(0).id;
  REQUIRE(store.begin(of, id, fence, at));
  delivery_change held;
  held.tenant_id = of.id;
  held.delivery_id = id;
  held.fence = fence;
  held.attempt = 1;
  held.to = domain::delivery_state::waiting;
  held.not_before = until;
  held.reason = "429";
  held.outcome = domain::outcome_kind::rate_limited;
  held.event = domain::publish_failed{};
  held.at = at;
  const std::vector changes{held};
  REQUIRE(store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), changes); }).size() == 1);
  return id;
}

}  // namespace

TEST_CASE("what a platform wants nothing of is known from the deliveries that wait for it") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto fence = store.own(acme);
  const auto blocks = [&](const company& of, base::timestamp now = noon()) {
    return store.as_engine([&](transaction& tx) { return rate_limits::select_blocks(tx, of.id, now); });
  };
  CHECK(blocks(acme).empty());
  refuse(store, acme, fence, noon() + 10min, acme.x_id);
  refuse(store, acme, fence, noon() + 20min, acme.x_id);
  refuse(store, acme, fence, noon() + 30min, acme.website_id);
  const auto known = blocks(acme);
  REQUIRE(known.size() == 2);
  for (const auto& each : known) {
    const bool is_website = each.channel_type == domain::channel_type::website;
    CHECK(each.until == noon() + (is_website ? 30min : 20min));
    CHECK((each.budget == acme.website_id) == is_website);  // of x the account's
  }
  CHECK(blocks(other).empty());
  CHECK(blocks(acme, noon() + 20min).size() == 1);
  CHECK(blocks(acme, noon() + 30min).empty());
}

TEST_CASE("a delivery that a person has moved, or that waits for longer than a platform is obeyed, blocks nobody") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  refuse(store, acme, fence, noon() + domain::longest_retry_after + 1h, acme.x_id);
  const auto id = refuse(store, acme, fence, noon() + 10min, acme.x_id);
  constexpr statement move{"test_move", "UPDATE deliveries SET due_at = $2, not_before = $2 WHERE id = $1"};
  REQUIRE(store.engine().query_now(std::nullopt, move, id, noon() + 1h));
  CHECK(store.as_engine([&](transaction& tx) { return rate_limits::select_blocks(tx, acme.id, noon()); }).empty());
}

TEST_CASE("a simulation is given the blocks in force, and the calls within the app's window") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  refuse(store, acme, fence, noon() + 2h, acme.x_id);
  store.add_post(acme, noon() + 90min, {acme.x_id});
  const auto plan = store.as(acme, [&](transaction& tx) {
    return simulations::read(tx, {acme.project_id, noon(), noon() + 24h, noon() + 1h});
  });
  REQUIRE(plan);
  REQUIRE(plan->schedule.blocks.size() == 1);
  CHECK(plan->schedule.blocks[0].until == noon() + 2h);
  CHECK(plan->schedule.calls.size() ==
        1);  // an hour ago: out of the account's quarter of an hour, within the app's day
}

TEST_CASE(
    "what a platform wants nothing of is read by a statement that each connection of the engine prepares beforehand") {
  publishing_store store;
  database::options how;
  how.url = store.url();
  how.as = role::engine;
  how.connections = 1;
  how.warm_up = warm_up;
  database engine{how};
  constexpr statement count_prepared{"test_prepared", R"sql(
    SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%d.outcome = ''rate_limited''%'
      AND statement NOT LIKE '%pg_prepared_statements%')sql"};
  const auto prepared = engine.query_now(std::nullopt, count_prepared);
  REQUIRE(prepared);
  CHECK(prepared->get<std::int64_t>(0, 0) == 1);
}

}  // namespace pulse::persistence
