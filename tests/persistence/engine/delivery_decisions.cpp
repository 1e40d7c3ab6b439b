#include "persistence/engine/delivery_decisions.hpp"

#include <chrono>
#include <future>
#include <latch>
#include <set>

#include <catch2/catch.hpp>

#include "persistence/publishing/pauses.hpp"
#include "tests/support/plan_of.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_decision;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

persistence::by_member by_owner(const company& of, base::timestamp now = noon()) {
  return {.member_id = of.owner_id, .now = now};
}

/// Claims every intent in small batches, as the engine does; the deliveries that were won.
std::set<base::uuid> claim_all(publishing_store& store, const std::vector<intent>& intents) {
  constexpr std::size_t batch = 8;
  std::set<base::uuid> won;
  for (std::size_t from = 0; from < intents.size(); from += batch) {
    const std::vector<intent> some(
        intents.begin() + static_cast<std::ptrdiff_t>(from),
        intents.begin() + static_cast<std::ptrdiff_t>(std::min(from + batch, intents.size())));
    const auto claimed =
        store.engine().transact_now(std::nullopt, [&](transaction& tx) { return claim(tx, store.node_id(), some); });
    if (claimed.has_error()) throw std::runtime_error{claimed.error().detail};
    for (const auto& each : *claimed) won.insert(each.delivery_id);
  }
  return won;
}

}  // namespace

TEST_CASE("a pause that races the engine names everything that began before it, and nothing begins after it") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  std::vector<intent> intents;
  for (int i = 0; i < 80; ++i) {
    const auto post = store.add_post(acme, noon(), {acme.x_id});
    intents.push_back(store.intent_for(acme, store.deliveries(acme, post).at(0).id, fence, noon() + 1s));
  }
  std::sort(intents.begin(), intents.end(),
            [](const intent& a, const intent& b) { return a.delivery_id < b.delivery_id; });
  std::latch started{2};
  auto claiming = std::async(std::launch::async, [&] {
    started.arrive_and_wait();
    return claim_all(store, intents);
  });
  started.arrive_and_wait();
  const auto under_way = store.as(acme, [&](transaction& tx) {
    CHECK(pauses::pause_channel(tx, acme.x_id, {.member_id = acme.owner_id, .now = noon() + 2s}));
    return pauses::find_under_way(tx, acme.x_id, std::nullopt);
  });
  const auto won = claiming.get();
  std::set<base::uuid> named;
  for (const auto& each : under_way.listed) named.insert(each.id);
  CHECK(under_way.total == static_cast<std::int64_t>(won.size()));
  CHECK(named == won);
  CHECK(claim_all(store, intents).empty());  // not even of those that had begun: what was sent of them is looked up
}

TEST_CASE("a retried delivery begins its next attempt at once, under the engine's claim") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto id = store.deliveries(acme, post).at(0).id;
  REQUIRE(store.begin(acme, id, fence, noon() + 1s));
  REQUIRE(store.end(acme, id, fence, delivery_state::failed, noon() + 2s));
  const auto retried = store.as(acme, [&](transaction& tx) {
    REQUIRE(delivery_decisions::lock(tx, id) == post);
    return delivery_decisions::retry(tx, post, std::nullopt, by_owner(acme, noon() + 1h));
  });
  CHECK(retried == 1);
  auto next = store.intent_for(acme, id, fence, noon() + 1h);
  next.attempt = 2;
  CHECK(claim_all(store, {next}) == std::set<base::uuid>{id});
}

TEST_CASE("a decision changes only what is in the state that it is about, and final stays final") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto id = store.deliveries(acme, post).at(0).id;
  const auto resolve = [&](delivery_decision decided) {
    return store.as(acme, [&](transaction& tx) {
      return delivery_decisions::resolve(tx, id, decided, std::nullopt, by_owner(acme));
    });
  };
  const auto none_fits = [&] {
    for (const auto each :
         {delivery_decision::send_again, delivery_decision::drop, delivery_decision::send, delivery_decision::skip}) {
      CHECK(resolve(each) == 0);
    }
    CHECK(store.as(acme, [&](transaction& tx) { return delivery_decisions::retry(tx, post, id, by_owner(acme)); }) ==
          0);
  };
  none_fits();  // waiting, and nobody was asked
  REQUIRE(store.begin(acme, id, fence, noon() + 1s));
  none_fits();  // being sent
  REQUIRE(store.end(acme, id, fence, delivery_state::published, noon() + 2s));
  none_fits();
  CHECK(store.deliveries(acme, post).at(0).state == delivery_state::published);
}

TEST_CASE("what needs a person is found among its like, however long the history is") {
  static constexpr statement fill_posts{"test_fill_history", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, created_at, updated_at)
    SELECT $1, md5('post' || n)::uuid, $2, $3, 'Text', $4, $4 FROM generate_series(1, 20000) n)sql"};
  // One in a thousand needs somebody, and one in a hundred waits.
  static constexpr statement fill_deliveries{"test_fill_history_deliveries", R"sql(
    INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, state, not_before, external_id, finished_at, created_at,
      updated_at)
    SELECT $1, md5('delivery' || n)::uuid, md5('post' || n)::uuid, $2, $3, s.state, $4, '1',
           CASE s.state WHEN 'published' THEN $4::timestamptz END, $4, $4
    FROM generate_series(1, 20000) n,
         LATERAL (SELECT CASE WHEN n % 1000 = 0 THEN 'unconfirmed' WHEN n % 100 = 1 THEN 'waiting' ELSE 'published' END AS state) s)sql"};
  static constexpr statement generic{"test_generic",
                                     "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"};
  publishing_store store;
  const auto acme = store.add_company();
  store.as(acme, [&](transaction& tx) {
    tx.queue(fill_posts, acme.id, acme.project_id, acme.owner_id, noon());
    tx.execute(fill_deliveries, acme.id, acme.x_id, acme.project_id, noon());
  });
  database as_owner{{.url = store.url(), .connections = 1, .as = role::login}};
  REQUIRE(as_owner.query_now(std::nullopt, statement{"test_analyze", "ANALYZE posts, deliveries"}));
  const auto last = *base::parse_uuid("ffffffff-ffff-ffff-ffff-ffffffffffff");
  for (const bool is_generic : {false, true}) {
    store.as(acme, [&](transaction& tx) {
      if (is_generic) tx.execute(generic);
      const auto undecided = delivery_decisions::list_undecided({}, last, 51);
      const auto text = tests::plan_of(tx, undecided);
      INFO(text);
      CHECK(text.find("deliveries_undecided") != std::string::npos);
      CHECK(undecided.all(tx).size() == 20);
    });
  }
}

TEST_CASE("another tenant decides about nothing") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto id = store.deliveries(acme, post).at(0).id;
  store.as(other, [&](transaction& tx) {
    CHECK_FALSE(delivery_decisions::lock(tx, id));
    CHECK_FALSE(delivery_decisions::find(id).first(tx));
    CHECK_FALSE(pauses::pause_channel(tx, acme.x_id, {.member_id = other.owner_id, .now = noon()}));
    CHECK_FALSE(pauses::pause_project(tx, acme.project_id, {.member_id = other.owner_id, .now = noon()}));
    CHECK(pauses::pause_company(tx, {.member_id = other.owner_id, .now = noon()}));
  });
  CHECK_FALSE(store.as(acme, [&](transaction& tx) { return channels::find(acme.x_id).first(tx); })->paused_at);
}

}  // namespace pulse::persistence
