// Outcomes of deliveries, and the agendas that the engine reads.
#include "persistence/engine/deliveries.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "persistence/publishing/pauses.hpp"
#include "tests/persistence/engine/one_post.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::noon;
using tests::publishing_store;

constexpr statement close_channel{"test_close_channel", "UPDATE channels SET is_active = $2 = 1 WHERE id = $1"};
constexpr statement set_state{"test_set_state", R"sql(
  UPDATE deliveries SET state = $2, finished_at = CASE WHEN $2 IN ('published', 'failed', 'cancelled', 'missed') THEN now() END,
    external_id = CASE WHEN $2 = 'published' THEN 'x' END, started_at = now(), deadline_at = now() WHERE id = $1)sql"};

}  // namespace

TEST_CASE("an outcome is committed with its event, once") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  CHECK(p.records(p.outcome(delivery_state::published)));
  CHECK_FALSE(p.records(p.outcome(delivery_state::published)));  // made again after a reply was lost
  CHECK_FALSE(p.records(p.outcome(delivery_state::failed)));
  CHECK(p.row().state == delivery_state::published);
  CHECK(p.events("PublishRetryScheduled") == 1);
}

TEST_CASE("an outcome is refused to whoever has been replaced, and to one of another attempt or state") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto what = p.outcome(delivery_state::published);
  SECTION("an old fence") { what.fence = p.fence - 1; }
  SECTION("another attempt") { what.attempt = 2; }
  SECTION("from another state") { what.from = delivery_state::unknown; }
  SECTION("of another tenant") { what.tenant_id = p.store.add_company("Other").id; }
  CHECK_FALSE(p.records(what));
  CHECK(p.row().state == delivery_state::sending);
  CHECK(p.events("PublishRetryScheduled") == 0);
}

TEST_CASE("an outcome of another node is refused") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  const auto what = std::vector{p.outcome(delivery_state::published)};
  CHECK(p.store.as_engine([&](transaction& tx) { return record(tx, base::new_uuid(noon()), what); }).empty());
}

TEST_CASE("many outcomes in one statement are each decided by the owner of their company") {
  publishing_store store;
  std::vector<delivery_change> changes;
  std::set<base::uuid> expected;
  for (int i = 0; i < 9; ++i) {
    const auto of = store.add_company("Company " + std::to_string(i));
    const std::int64_t fence = 10 * (i + 1);
    if (i == 0) store.own(of);
    store.as_engine([&](transaction& tx) {
      take_tenant(tx, of.id, store.node_id(), noon());
      tx.execute({"test_fence", "UPDATE tenant_owners SET fence = $2 WHERE tenant_id = $1"}, of.id, fence);
    });
    const auto id = store.deliveries(of, store.add_post(of, noon(), {of.website_id})).at(0).id;
    REQUIRE(store.begin(of, id, fence, noon()));
    delivery_change made;
    made.tenant_id = of.id;
    made.delivery_id = id;
    made.fence = fence;
    made.attempt = 1;
    made.not_before = made.at = noon();
    made.external_id = "external";
    made.event = domain::publish_succeeded{};
    if (i % 3 == 1) made.fence -= 1;
    if (i % 3 == 2) {
      store.as_engine([&](transaction& tx) {
        tx.execute({"test_take_away", "UPDATE tenant_owners SET node_id = gen_random_uuid() WHERE tenant_id = $1"},
                   of.id);
      });
    }
    if (i % 3 == 0) expected.insert(id);
    changes.push_back(std::move(made));
  }
  const auto changed = store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), changes); });
  CHECK(std::set<base::uuid>(changed.begin(), changed.end()) == expected);
}

TEST_CASE("a retry waits for its time, counts its failure, and is claimed as the next attempt") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto retry = p.outcome(delivery_state::waiting);
  retry.not_before = noon() + 30s;
  retry.failures = 1;
  REQUIRE(p.records(retry));
  CHECK(p.row().failures == 1);
  auto next = p.wanted(noon() + 29s);
  next.attempt = 2;
  CHECK_FALSE(p.wins(next));
  next.started_at = noon() + 30s;
  CHECK(p.wins(next));
  CHECK(p.row().attempt == 2);
}

TEST_CASE("what an unknown outcome waits for is stored, and gone when it is known") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto lost = p.outcome(delivery_state::unknown);
  lost.resend_at = noon() + 1h;
  lost.look_at = noon() + 60s;
  lost.interruptions = 3;
  REQUIRE(p.records(lost));
  const auto read = [&p] {
    const auto all = p.store.as_engine([&](transaction& tx) {
      return select_agenda(tx, p.acme.id, p.store.node_id(), p.fence,
                           {.until = noon() + 10min, .most_of_channel = 10, .with_begun = true});
    });
    REQUIRE(all.size() == 1);
    return all.front();
  };
  CHECK(read().not_before == noon() + 1h);  // found all the same, because it is looked for before
  CHECK(read().look_at == noon() + 60s);
  CHECK(read().interruptions == 3);
  CHECK_FALSE(read().is_interrupted);
  auto crashed = p.outcome(delivery_state::unknown, delivery_state::unknown);
  crashed.interruptions = 3;
  REQUIRE(p.records(crashed));
  CHECK(read().is_interrupted);
  CHECK(read().not_before <= noon());
  REQUIRE(p.records(p.outcome(delivery_state::waiting, delivery_state::unknown)));
  CHECK_FALSE(read().look_at);
}

TEST_CASE("a delivery that was moved meanwhile is not missed") {
  one_post p;
  p.store.as(p.acme,
             [&](transaction& tx) { posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h); });
  CHECK_FALSE(p.records(p.outcome(delivery_state::missed, delivery_state::waiting, 0)));
  CHECK(p.row().state == delivery_state::waiting);
  auto seen = p.outcome(delivery_state::missed, delivery_state::waiting, 0);
  seen.not_before = noon() + 1h;
  CHECK(p.records(seen));
  CHECK(p.row().state == delivery_state::missed);
}

TEST_CASE("refused credentials switch the channel off in the same commit") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto what = p.outcome(delivery_state::waiting);
  what.disables_channel = true;
  what.reason = "the platform refuses the token";
  REQUIRE(p.records(what));
  const auto channel = p.store.as(p.acme, [&](transaction& tx) { return channels::find(p.acme.website_id).first(tx); });
  REQUIRE(channel);
  CHECK_FALSE(channel->is_active);
  CHECK(channel->disabled_reason == "the platform refuses the token");
  auto next = p.wanted();
  next.attempt = 2;
  CHECK_FALSE(p.wins(next));
  CHECK(p.store
            .as_engine([&](transaction& tx) {
              return select_agenda(tx, p.acme.id, p.store.node_id(), p.fence, {noon() + 1h, 10, true});
            })
            .empty());
}

TEST_CASE("refused credentials that were replaced meanwhile switch nothing off") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto delivery = store.deliveries(acme, post).at(0).id;
  REQUIRE(store.begin(acme, delivery, fence, noon()));
  constexpr statement connect_again{"test_connect_again", "UPDATE accounts SET updated_at = $1"};
  store.as(acme, [&](transaction& tx) { tx.execute(connect_again, noon() + 1s); });
  delivery_change what;
  what.tenant_id = acme.id;
  what.delivery_id = delivery;
  what.fence = fence;
  what.attempt = 1;
  what.to = delivery_state::waiting;
  what.disables_channel = true;
  what.at = what.not_before = noon() + 2s;
  REQUIRE_FALSE(
      store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), std::vector{what}); }).empty());
  CHECK(store.as(acme, [&](transaction& tx) { return channels::find(acme.x_id).first(tx); })->is_active);
}

TEST_CASE("what was to begin before a pause ended begins anew") {
  one_post p;
  const auto pause_and_resume = [&](auto pause, auto resume) {
    p.store.as(p.acme, [&](transaction& tx) {
      return pause(tx, persistence::by_member{p.acme.owner_id, noon() + 1s});
    });
    p.store.as(p.acme, [&](transaction& tx) {
      return resume(tx, persistence::by_member{p.acme.owner_id, noon() + 3s});
    });
  };
  SECTION("of the channel") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_channel(tx, p.acme.website_id, by); },
                     [&](auto& tx, auto by) { return pauses::resume_channel(tx, p.acme.website_id, by); });
  }
  SECTION("of the project") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_project(tx, p.acme.project_id, by); },
                     [&](auto& tx, auto by) { return pauses::resume_project(tx, p.acme.project_id, by); });
  }
  SECTION("of the company") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_company(tx, by); },
                     [&](auto& tx, auto by) { return pauses::resume_company(tx, by); });
  }
  auto wanted = p.wanted();
  wanted.started_at = noon() + 2s;  // asked for in the pause, and heard after it
  CHECK_FALSE(p.wins(wanted));
  wanted.started_at = noon() + 3s;
  CHECK(p.wins(wanted));
}

TEST_CASE("what is to wait for a channel that was removed meanwhile ends") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  p.store.as(p.acme, [&](transaction& tx) { return channels::remove(tx, p.acme.website_id, p.acme.owner_id, noon()); });
  auto what = p.outcome(delivery_state::waiting);
  SECTION("cancelled, when nothing of it can be live") {
    REQUIRE(p.records(what));
    CHECK(p.row().state == delivery_state::cancelled);
  }
  SECTION("unconfirmed, when an earlier attempt may be") {
    what.doubt_until = noon() + 10min;
    REQUIRE(p.records(what));
    CHECK(p.row().state == delivery_state::unconfirmed);
  }
}

TEST_CASE("attempts are told while they run, and by what became of them") {
  one_post p;
  constexpr statement tell{"test_attempts", R"sql(
    SELECT string_agg(format('%s %s %s', number, fence, coalesce(outcome, 'runs')), ', ' ORDER BY number)
    FROM delivery_attempts WHERE delivery_id = $1)sql"};
  const auto told = [&] {
    return p.store.as(
        p.acme, [&](transaction& tx) { return tx.execute(tell, p.delivery_id).get<std::optional<std::string>>(0, 0); });
  };
  CHECK(told() == std::nullopt);
  REQUIRE(p.wins(p.wanted()));
  CHECK(told() == "1 1 runs");
  auto lost = p.outcome(delivery_state::unknown);
  lost.outcome = domain::outcome_kind::unknown;
  REQUIRE(p.records(lost));
  CHECK(told() == "1 1 unknown");
  auto again = p.outcome(delivery_state::waiting, delivery_state::unknown);
  again.outcome = domain::outcome_kind::transient;
  REQUIRE(p.records(again));
  CHECK(told() == "1 1 transient");
  auto next = p.wanted();
  next.attempt = 2;
  REQUIRE(p.wins(next));
  CHECK(told() == "1 1 transient, 2 1 runs");
}

TEST_CASE("a final state is final, also for whoever writes past the guards") {
  for (const auto* final_state : {"published", "cancelled", "missed"}) {
    one_post p;
    p.store.as_engine([&](transaction& tx) { tx.execute(set_state, p.delivery_id, final_state); });
    INFO(final_state);
    for (const auto* other : {"waiting", "sending", "unknown"}) {
      const auto changed = p.store.engine().transact_now(
          std::nullopt, [&](transaction& tx) { tx.execute(set_state, p.delivery_id, other); });
      REQUIRE(changed.has_error());
      CHECK(changed.error().constraint == "deliveries_final");
    }
  }
  one_post p;
  p.store.as_engine([&](transaction& tx) { tx.execute(set_state, p.delivery_id, "failed"); });
  p.store.as_engine(
      [&](transaction& tx) { tx.execute(set_state, p.delivery_id, "waiting"); });  // a person sends it back
  CHECK(p.row().state == delivery_state::waiting);
}

// --- the agenda ------------------------------------------------------------------------------------------------------

TEST_CASE("an agenda is what a claim would win: random rows") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  std::vector<base::uuid> posts;
  for (int i = 0; i < 40; ++i) {
    posts.push_back(store.add_post(acme, noon() + std::chrono::seconds{random.between(-30, 30)},
                                   {random.between(0, 1) == 0 ? acme.website_id : acme.x_id}));
  }
  for (const auto& id : posts) {
    const posts::command by{.post_id = id, .member_id = acme.owner_id, .now = noon()};
    const auto choice = random.between(0, 5);
    if (choice == 0) store.as(acme, [&](transaction& tx) { posts::lock(tx, id), posts::cancel(tx, by); });
    if (choice == 1) store.as(acme, [&](transaction& tx) { posts::lock(tx, id), posts::remove(tx, by); });
    if (choice == 2) store.begin(acme, store.deliveries(acme, id).at(0).id, fence, noon() + 1min);
  }
  if (random.between(0, 2) == 0) store.as(acme, [&](transaction& tx) { tx.execute(close_channel, acme.x_id, 0); });
  if (random.between(0, 4) == 0)
    store.as(acme, [&](transaction& tx) { tx.execute(pause_channel, acme.website_id, noon()); });

  const auto agenda = store.as_engine([&](transaction& tx) {
    return select_agenda(tx, acme.id, store.node_id(), fence, {noon() + 1us, 1000, true});
  });
  std::set<base::uuid> promised;
  for (const auto& each : agenda) {
    if (each.state == delivery_state::waiting) promised.insert(each.id);
  }
  std::set<base::uuid> won;
  const auto all = store.as(acme, [](transaction& tx) {
    return tx.execute({"test_all", "SELECT id, attempt FROM deliveries WHERE state = 'waiting'"});
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto wanted = store.intent_for(acme, all.get<base::uuid>(i, 0), fence, noon());
    wanted.attempt = all.get<int>(i, 1) + 1;
    const auto mine = store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), std::vector{wanted}); });
    for (const auto& each : mine) won.insert(each.delivery_id);
  }
  CHECK(promised == won);
}

TEST_CASE("an agenda is empty for whoever does not own the tenant, sorted by time, and bounded") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  for (int i = 10; i > 0; --i) store.add_post(acme, noon() + std::chrono::seconds{i}, {acme.website_id});
  const auto read = [&](const base::uuid& node, std::int64_t under, base::timestamp until, int limit) {
    return store.as_engine([&](transaction& tx) {
      return select_agenda(tx, acme.id, node, under, {until, limit, true});
    });
  };
  const auto all = read(store.node_id(), fence, noon() + 1h, 100);
  REQUIRE(all.size() == 10);
  for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].not_before <= all[i].not_before);
  CHECK(read(store.node_id(), fence, noon() + 5s, 100).size() == 4);  // until is not included
  CHECK(read(store.node_id(), fence, noon() + 1h, 3).size() == 3);
  CHECK(read(store.node_id(), fence, noon() + 1h, 3)[0].not_before == noon() + 1s);
  CHECK(read(store.node_id(), fence + 1, noon() + 1h, 100).empty());
  CHECK(read(base::new_uuid(noon()), fence, noon() + 1h, 100).empty());
}

TEST_CASE("an agenda has the first of every channel, however much waits for another") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  for (int i = 0; i < 5; ++i) store.add_post(acme, noon() + std::chrono::seconds{i}, {acme.x_id});
  store.add_post(acme, noon() + 30s, {acme.website_id});
  const auto found = store.as_engine([&](transaction& tx) {
    return select_agenda(tx, acme.id, store.node_id(), fence, {noon() + 1min, 2, false});
  });
  REQUIRE(found.size() == 3);
  CHECK(found[0].channel_id == acme.x_id);
  CHECK(found[1].channel_id == acme.x_id);
  CHECK(found[2].channel_id == acme.website_id);
}

TEST_CASE("an agenda has what was left in the middle for whoever asks, also on a channel that is off") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  p.store.as(p.acme, [&](transaction& tx) { return switch_off(tx, p.acme); });
  const auto read = [&](bool with_begun) {
    return p.store.as_engine([&](transaction& tx) {
      return select_agenda(tx, p.acme.id, p.store.node_id(), p.fence, {noon() + 1min, 10, with_begun});
    });
  };
  CHECK(read(false).empty());
  REQUIRE(read(true).size() == 1);
  CHECK(read(true)[0].state == delivery_state::sending);
  CHECK(read(true)[0].started_at == p.wanted().started_at);
}

}  // namespace pulse::persistence
