// The bound of each channel's agenda (persistence/migrations/0009_agendas.sql): no open delivery is before it, whatever
// is written at the same time. A delivery before it would never be found again.
#include <array>
#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

#include <catch2/catch.hpp>

#include "persistence/engine/delivery_decisions.hpp"
#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/migrator.hpp"
#include "tests/persistence/engine/one_post.hpp"
#include "tests/support/private_servers.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using support::random_source;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement raise{"test_raise", "SELECT pulse_raise_agendas($1)"};

/// Deliveries that nobody would find.
constexpr statement count_lost{"test_lost", R"sql(
  SELECT count(*)::integer FROM deliveries d LEFT JOIN channel_agendas g ON g.tenant_id = d.tenant_id AND g.channel_id = d.channel_id
  WHERE d.state IN ('waiting', 'sending', 'unknown') AND (d.state <> 'waiting' OR d.asked_at IS NULL) AND d.not_before IS NOT NULL
    AND (g.open_from IS NULL OR d.not_before < g.open_from))sql"};

/// Channels whose bound is earlier than it has to be.
constexpr statement count_behind{"test_behind", R"sql(
  SELECT count(*)::integer FROM channel_agendas g
  WHERE g.open_from < coalesce((
    SELECT min(d.not_before) FROM deliveries d
    WHERE d.tenant_id = g.tenant_id AND d.channel_id = g.channel_id AND d.state IN ('waiting', 'sending', 'unknown')
      AND (d.state <> 'waiting' OR d.asked_at IS NULL)), 'infinity'))sql"};

constexpr statement select_bound{"test_bound", R"sql(
  SELECT CASE WHEN open_from < 'infinity' THEN open_from END FROM channel_agendas WHERE channel_id = $1)sql"};

constexpr statement count_deadlocks{
    "test_deadlocks", "SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()"};

int lost(publishing_store& store) {
  return store.as_engine([](transaction& tx) { return tx.execute(count_lost).get<int>(0, 0); });
}

int behind(publishing_store& store) {
  return store.as_engine([](transaction& tx) { return tx.execute(count_behind).get<int>(0, 0); });
}

void raise_all(publishing_store& store, const company& of) {
  store.as_engine([&](transaction& tx) { tx.execute(raise, of.id); });
}

std::optional<base::timestamp> bound_of(publishing_store& store, const base::uuid& channel_id) {
  return store.as_engine(
      [&](transaction& tx) { return tx.execute(select_bound, channel_id).get<std::optional<base::timestamp>>(0, 0); });
}

/// What may happen to a delivery, in the order of the life cycle, with made-up times.
constexpr std::array<std::string_view, 9> changes_of_life{
    "UPDATE deliveries SET not_before = $2, due_at = $2 WHERE id = $1 AND state = 'waiting'",
    "UPDATE deliveries SET asked_at = $2 WHERE id = $1 AND state = 'waiting'",
    "UPDATE deliveries SET asked_at = NULL, not_before = $2 WHERE id = $1 AND state = 'waiting'",
    "UPDATE deliveries SET state = 'sending', started_at = $2, deadline_at = $2, asked_at = NULL WHERE id = $1 AND "
    "state = 'waiting' "
    "AND not_before IS NOT NULL",
    "UPDATE deliveries SET state = 'published', external_id = 'x', finished_at = $2 WHERE id = $1 AND state IN "
    "('sending', 'unknown')",
    "UPDATE deliveries SET state = 'unknown' WHERE id = $1 AND state = 'sending' AND $2::timestamptz IS NOT NULL",
    "UPDATE deliveries SET state = 'unconfirmed' WHERE id = $1 AND state IN ('unknown', 'waiting') AND $2::timestamptz "
    "IS NOT NULL",
    "UPDATE deliveries SET state = 'failed', finished_at = $2 WHERE id = $1 AND state IN ('sending', 'unconfirmed')",
    "UPDATE deliveries SET state = 'waiting', not_before = $2, finished_at = NULL WHERE id = $1 AND state IN "
    "('failed', 'unconfirmed')",
};

}  // namespace

TEST_CASE("whatever happens to deliveries, none that is open is before its channel's bound, and the bound follows") {
  random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  publishing_store store;
  const auto acme = store.add_company();
  std::vector<base::uuid> ids;
  const auto some_time = [&] { return noon() + std::chrono::seconds{random.between(-5000, 5000)}; };
  for (int step = 0; step < 400; ++step) {
    const auto kind = random.between<std::size_t>(0, changes_of_life.size() + 1);
    if (kind == changes_of_life.size()) {
      raise_all(store, acme);
      CHECK(behind(store) == 0);
    } else if (ids.empty() || kind > changes_of_life.size()) {
      const auto post = store.add_post(acme, random.between(0, 4) == 0 ? std::nullopt : std::optional{some_time()});
      for (const auto& each : store.deliveries(acme, post)) ids.push_back(each.id);
    } else {
      const auto& id = ids[random.between<std::size_t>(0, ids.size() - 1)];
      const auto name = "test_life_" + std::to_string(kind);
      store.as_engine([&](transaction& tx) { tx.execute(statement{name, changes_of_life.at(kind)}, id, some_time()); });
    }
    REQUIRE(lost(store) == 0);
  }
}

TEST_CASE("the bound waits for what somebody is just writing, and is lowered by who comes later") {
  publishing_store store;
  const auto acme = store.add_company();
  CHECK_FALSE(bound_of(store, acme.website_id));
  std::latch written{1};
  std::latch go{1};
  posts::draft made{.id = base::new_uuid(noon()),
                    .project_id = acme.project_id,
                    .author_id = acme.owner_id,
                    .title = {},
                    .text = "Text",
                    .variants = {},
                    .scheduled_at = noon(),
                    .channel_ids = {acme.website_id},
                    .delivery_ids = {base::new_uuid(noon())}};
  store.add_post(acme, noon() - 1h, {acme.website_id});  // so that the writer need not lower it
  store.add_post(acme, noon() - 1h, {acme.x_id});
  std::jthread writer{[&] {
    const auto done = store.requests().transact_now(acme.id, [&](transaction& tx) {
      posts::insert(tx, made, noon());
      tx.execute(count_lost);  // nothing is queued any more
      written.count_down();
      go.wait();
    });
    if (done.has_error()) std::abort();
  }};
  written.wait();
  store.as_engine([](transaction& tx) {
    tx.execute(statement{"test_cancel_all", "UPDATE deliveries SET state = 'cancelled', finished_at = now()"});
  });
  raise_all(store, acme);
  const auto held = bound_of(store, acme.website_id);
  const auto other = bound_of(store, acme.x_id);
  go.count_down();
  writer.join();
  CHECK(held == noon() - 1h);  // not raised, and nobody waited
  CHECK_FALSE(other);
  CHECK(lost(store) == 0);
  raise_all(store, acme);
  CHECK(bound_of(store, acme.website_id) == noon());
}

TEST_CASE("who writes while a bound is being raised waits, and lowers it again") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto post = store.add_post(acme, noon(), {acme.website_id});
  store.as(acme, [&](transaction& tx) {
    posts::lock(tx, post), posts::cancel(tx, {.post_id = post, .member_id = acme.owner_id, .now = noon()});
  });
  std::latch raised{1};
  std::latch go{1};
  std::jthread raiser{[&] {
    const auto done = store.engine().transact_now(std::nullopt, [&](transaction& tx) {
      tx.execute(raise, acme.id);
      raised.count_down();
      go.wait();
    });
    if (done.has_error()) std::abort();
  }};
  raised.wait();
  std::jthread writer{[&] { store.add_post(acme, noon() + 1h, {acme.website_id}); }};
  database watcher{{.url = store.url(), .connections = 1, .as = role::login}};
  static constexpr statement count_blocked{
      "test_blocked",
      "SELECT count(*)::integer FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"};
  const auto sees_someone_blocked = [&] {
    const auto patience = std::chrono::steady_clock::now() + 20s;
    while (std::chrono::steady_clock::now() < patience) {
      const auto found = watcher.query_now(std::nullopt, count_blocked);
      if (found && found->get<int>(0, 0) > 0) return true;
    }
    return false;
  };
  const bool has_waited = sees_someone_blocked();
  go.count_down();
  writer.join();
  raiser.join();
  CHECK(has_waited);
  CHECK(lost(store) == 0);
  CHECK(bound_of(store, acme.website_id) == noon() + 1h);
}

TEST_CASE("writers, commands and raises at the same time neither lose a delivery nor lock each other out") {
  publishing_store store;
  const auto acme = store.add_company();
  std::atomic<int> failures = 0;
  const auto run = [&](database& on, std::optional<base::uuid> as, auto job) {
    const auto done = on.transact_now(as, job);
    if (done.has_error()) ++failures;
  };
  {
    std::atomic<int> steps = 0;
    std::vector<std::jthread> threads;  // the last, so that what they use outlives them
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 40; ++i) {
          // Each earlier than all before, so that each lowers both bounds, in either order.
          const auto when = noon() - std::chrono::seconds{10 * ++steps};
          std::vector channels{acme.website_id, acme.x_id};
          if (thread % 2 == 0) std::swap(channels[0], channels[1]);
          const posts::draft made{.id = base::new_uuid(noon()),
                                  .project_id = acme.project_id,
                                  .author_id = acme.owner_id,
                                  .title = {},
                                  .text = "Text",
                                  .variants = {},
                                  .scheduled_at = when,
                                  .channel_ids = channels,
                                  .delivery_ids = {base::new_uuid(noon()), base::new_uuid(noon())}};
          run(store.requests(), acme.id, [&](transaction& tx) { posts::insert(tx, made, noon()); });
          const posts::command by{.post_id = made.id, .member_id = acme.owner_id, .now = noon()};
          run(store.requests(), acme.id, [&](transaction& tx) {
            posts::lock(tx, made.id);
            posts::schedule(tx, by, when - 5s);
          });
          if (i % 2 == 0) {
            run(store.requests(), acme.id, [&](transaction& tx) { posts::lock(tx, made.id), posts::cancel(tx, by); });
          }
        }
      });
    }
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i)
        run(store.engine(), std::nullopt, [&](transaction& tx) { tx.execute(raise, acme.id); });
    });
  }
  CHECK(failures == 0);
  // What the database ended for that reason was run again, and would not be seen otherwise.
  CHECK(store.as_engine([](transaction& tx) { return tx.execute(count_deadlocks).get<int>(0, 0); }) == 0);
  CHECK(lost(store) == 0);
  raise_all(store, acme);
  CHECK(behind(store) == 0);
}

TEST_CASE("an intent and an outcome touch no index of deliveries") {
  static constexpr statement count_updates{"test_updates", R"sql(
    SELECT n_tup_upd::integer, n_tup_hot_upd::integer FROM pg_stat_xact_user_tables WHERE relname = 'deliveries')sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.deliveries(acme, store.add_post(acme, noon(), {acme.x_id})).at(0).id;
  delivery_change outcome;
  outcome.tenant_id = acme.id;
  outcome.delivery_id = id;
  outcome.fence = fence;
  outcome.attempt = 1;
  outcome.not_before = outcome.at = noon();
  outcome.external_id = "1";
  outcome.event = domain::publish_succeeded{};
  const std::vector intents{store.intent_for(acme, id, fence, noon())};
  store.as_engine([&](transaction& tx) {
    REQUIRE(claim(tx, store.node_id(), intents).size() == 1);
    REQUIRE(record(tx, store.node_id(), std::vector{outcome}).size() == 1);
    const auto counted = tx.execute(count_updates);
    CHECK(counted.get<int>(0, 0) == 2);
    CHECK(counted.get<int>(0, 1) == 2);
  });
}

TEST_CASE("recording outcomes reads the owners of their companies alone, however many the node has") {
  constexpr statement add_companies{"test_add_owned_companies", R"sql(
    WITH made AS (
      INSERT INTO tenants (id, name, created_at) SELECT gen_random_uuid(), 'A', now() FROM generate_series(1, 1000)
      RETURNING id)
    INSERT INTO tenant_owners (tenant_id, node_id, fence, taken_at) SELECT id, $1, 1, now() FROM made)sql"};
  constexpr statement move_to_end{"test_move_owner_to_end",
                                  "UPDATE tenant_owners SET taken_at = now() WHERE tenant_id = $1"};
  constexpr statement count_read{"test_count_read_owners", R"sql(
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relname = 'tenant_owners')sql"};
  one_post p;
  database login{{.url = p.store.url(), .connections = 1, .as = role::login}};
  REQUIRE(p.wins(p.wanted()));
  const std::vector what{p.outcome(delivery_state::published)};
  p.store.as_engine([&](transaction& tx) {
    warm_up(tx);  // plans are made while the node has no companies
    REQUIRE(login.query_now(std::nullopt, add_companies, p.store.node_id()).has_value());
    REQUIRE(login.query_now(std::nullopt, move_to_end, p.acme.id).has_value());
    const auto before = tx.execute(count_read).get<std::int64_t>(0, 0);
    CHECK(record(tx, p.store.node_id(), what).size() == 1);
    CHECK(tx.execute(count_read).get<std::int64_t>(0, 0) - before == 1);
  });
  login.stop();
}

TEST_CASE("0009: in a database that was in use, each agenda begins with the first that is open") {
  const auto url = tests::shared_servers().new_database();
  base::manual_clock clock{*base::parse_timestamp("2026-11-22T13:00:00Z")};
  REQUIRE(migrate(url, clock, embedded_migrations().first(8)));
  // Channel 1 has what is finished, undecided and a draft before what waits; channel 2 nothing that is open; 3
  // something unknown.
  connection{{url, role::login, "test", 5000ms, 0ms}}.run_script(R"sql(
    CREATE FUNCTION pg_temp.id(kind text, n integer) RETURNS uuid LANGUAGE sql RETURN md5(kind || n)::uuid;
    INSERT INTO tenants (id, name, created_at) VALUES (pg_temp.id('t', 1), 'Company', now());
    INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, created_at)
    VALUES (pg_temp.id('t', 1), pg_temp.id('m', 1), 'owner@test.test', 'Owner', 'not a hash', 'owner', now());
    INSERT INTO projects (tenant_id, id, name, time_zone, created_at, updated_at)
    SELECT pg_temp.id('t', 1), pg_temp.id('p', n), 'Project ' || n, 'UTC', now(), now() FROM generate_series(1, 3) n;
    INSERT INTO channels (tenant_id, id, project_id, type, name, created_at, updated_at)
    SELECT pg_temp.id('t', 1), pg_temp.id('c', n), pg_temp.id('p', n), 'website', 'Website', now(), now() FROM generate_series(1, 3) n;
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, created_at, updated_at)
    SELECT pg_temp.id('t', 1), pg_temp.id('o', n), pg_temp.id('p', 1), pg_temp.id('m', 1), 'Text', now(), now() FROM generate_series(1, 9) n;
    INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, state, not_before, asked_at, finished_at, deadline_at, external_id,
      created_at, updated_at)
    SELECT pg_temp.id('t', 1), pg_temp.id('d', n), pg_temp.id('o', n), pg_temp.id('c', channel), pg_temp.id('p', 1), state,
           '2026-11-22T12:00:00Z'::timestamptz + n * interval '1 minute', CASE WHEN is_asked THEN now() END,
           CASE WHEN state IN ('published', 'failed') THEN now() END, now(), 'x', now(), now()
    FROM (VALUES (1, 1, 'published', false), (2, 1, 'unconfirmed', false), (3, 1, 'waiting', true), (4, 1, 'waiting', false),
                 (5, 1, 'waiting', false), (6, 2, 'failed', false), (7, 2, 'unconfirmed', false), (8, 3, 'unknown', false),
                 (9, 3, 'waiting', false)) rows (n, channel, state, is_asked);)sql",
                                                                 "old rows");
  REQUIRE(migrate(url, clock, embedded_migrations().first(9)));
  database store{{.url = url, .connections = 1, .as = role::login}};
  const auto bounds = store.query_now(std::nullopt, statement{"test_bounds", R"sql(
    SELECT coalesce(to_char(nullif(open_from, 'infinity') AT TIME ZONE 'UTC', 'HH24:MI'), 'nothing') FROM channel_agendas g
    JOIN projects p ON p.id = (SELECT project_id FROM channels c WHERE c.id = g.channel_id) ORDER BY p.name)sql"});
  REQUIRE(bounds);
  REQUIRE(bounds->size() == 3);
  CHECK(bounds->get<std::string>(0, 0) == "12:04");
  CHECK(bounds->get<std::string>(1, 0) == "nothing");
  CHECK(bounds->get<std::string>(2, 0) == "12:08");
}

}  // namespace pulse::persistence
