// The engine's events in the audit's chain, on a real PostgreSQL: verifying detects every manipulation of their rows.
#include "persistence/audit/sealed_events.hpp"

#include <chrono>
#include <future>
#include <iostream>
#include <thread>

#include <catch2/catch.hpp>

#include "persistence/audit/chain.hpp"
#include "persistence/audit/entries.hpp"
#include "persistence/audit/sealer.hpp"
#include "persistence/audit/verify_all.hpp"
#include "persistence/events/stream.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;
namespace audit = pulse::persistence::audit;

namespace {

const base::timestamp start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

constexpr statement add_tenant{"test_add_events_tenant",
                               "INSERT INTO tenants (id, name, created_at) VALUES ($1, 'A', $2)"};
constexpr statement add_events{"test_add_events", R"sql(
  INSERT INTO publish_events (tenant_id, post_id, delivery_id, type, metadata_json, created_at, attempt, outcome, trace)
  SELECT $1, $1, $1, 'Published', json_build_object('lateness_ms', n), $2::timestamptz + n * interval '1 second', n, 'published', '{"a":1}'
  FROM generate_series(1, $3::int) n)sql"};

/// A company with seven events that are swept up and chained, in two ranges, and another with some of its own.
struct events_fixture {
  std::string url = tests::migrated_database();
  database login{{.url = url, .connections = 2, .statement_timeout = std::chrono::minutes{5}, .as = role::login}};
  database engine{{.url = url, .connections = 1, .as = role::engine}};
  base::manual_clock clock{start};
  base::signing_key key{base::secret{"a secret for tests"}, audit::signing_purpose};
  base::uuid tenant = base::uuid_from_name("tenant");
  base::uuid other = base::uuid_from_name("other");

  events_fixture() {
    for (const auto& each : {tenant, other}) run(add_tenant, each, start);
    add(4);
    run(add_events, other, start, 3);
    seal();
    run(add_events, other, start, 2);
    seal();
    add(3);
    seal();
  }
  ~events_fixture() {
    login.stop();
    engine.stop();
  }
  void add(int events) { run(add_events, tenant, start, events); }
  void seal() {
    audit::sweep_all(engine, clock);
    audit::seal_all(engine, clock, key);
  }
  template <class... A>
  void run(const statement& what, const A&... values) {
    const auto done = login.query_now(std::nullopt, what, values...);
    INFO(what.sql << (done.has_error() ? done.error().detail : std::string{}));
    REQUIRE(done.has_value());
  }
  std::int64_t count(const statement& what) {
    const auto done = login.query_now(std::nullopt, what);
    REQUIRE(done.has_value());
    return done->get<std::int64_t>(0, 0);
  }
  audit::verdict verify(std::optional<audit::exported_head> known = std::nullopt) {
    auto found = audit::verify_one(engine, tenant, key, std::move(known));
    INFO((found.has_error() ? found.error().detail : std::string{}));
    REQUIRE(found.has_value());
    return *found;
  }
  /// As a call of the API does it, as the role that serves requests.
  audit::verdict verify_by_steps() {
    database requests{{.url = url, .connections = 1, .as = role::request}};
    auto found = requests.transact_now(tenant, [this](transaction& tx) {
      audit::verification running{tenant, key, std::nullopt};
      while (running.step(tx)) continue;
      return running.found();
    });
    requests.stop();
    REQUIRE(found.has_value());
    return *found;
  }
  void check_found(const std::string& words) {
    for (const auto& found : {verify(), verify_by_steps()}) {
      INFO(found.problem);
      CHECK_FALSE(found.is_sound);
      CHECK(found.problem.find(words) != std::string::npos);
    }
  }
};

}  // namespace

TEST_CASE_METHOD(events_fixture, "events that nobody touched are as the chain tells of them") {  // asvs: 16.4.2
  const auto found = verify();
  CHECK(found.problem == "");
  CHECK(found.is_sound);
  CHECK(found.entries == 2);
  CHECK(found.events == 7);
  CHECK(found.events_unsealed == 0);
  CHECK(verify_by_steps().events == 7);
  add(2);
  CHECK(verify().events_unsealed == 2);
  audit::sweep_all(engine, clock);
  const auto written = verify();  // an entry tells of them, which is not chained yet
  CHECK(written.is_sound);
  CHECK(written.events == 9);
  CHECK(written.unsealed == 1);
}

TEST_CASE_METHOD(events_fixture, "any change of an event is detected") {
  const auto* change = GENERATE(
      "type = 'PublishFailed'", "outcome = 'failed'", R"(metadata_json = '{"lateness_ms": 1 }')", "attempt = 9",
      "created_at = created_at + interval '1 microsecond'", "member_id = tenant_id", "post_id = NULL", "trace = '{}'",
      "request_id = 'x'", "deadline_at = created_at", "message = 'x'", "subject_kind = 'post', subject_id = tenant_id");
  const auto sql = std::string{"UPDATE publish_events SET "} + change + " WHERE tenant_id = $1 AND attempt = 2";
  run({"test_change_event", sql}, tenant);
  check_found("are not as they were");
}

TEST_CASE_METHOD(events_fixture, "an event that is deleted is found, be it the first, the last or all of a range") {
  SECTION("the first") {
    run({"test_delete_first_event", "DELETE FROM publish_events WHERE id = (SELECT min(id) FROM publish_events)"});
    check_found("1 events were deleted of those of which entry 1 tells");
  }
  SECTION("the last") {
    run({"test_delete_last_event", "DELETE FROM publish_events WHERE id = (SELECT max(id) FROM publish_events)"});
    check_found("1 events were deleted of those of which entry 2 tells");
  }
  SECTION("all of the newest range") {
    run({"test_delete_range", "DELETE FROM publish_events WHERE id > (SELECT max(id) - 3 FROM publish_events)"});
    check_found("3 events were deleted");
  }
  SECTION("all") {
    run({"test_delete_events", "DELETE FROM publish_events"});
    check_found("4 events were deleted");
  }
}

TEST_CASE_METHOD(events_fixture, "events that change places are found") {
  run({"test_swap_events", R"sql(
    UPDATE publish_events e SET attempt = o.attempt, metadata_json = o.metadata_json, created_at = o.created_at
    FROM publish_events o WHERE o.tenant_id = e.tenant_id AND o.transaction = e.transaction AND o.attempt = 3 - e.attempt)sql"});
  check_found("are not as they were");
}

TEST_CASE_METHOD(events_fixture, "an event that is moved to another time is found where it was and where it is") {
  run({"test_move_event", R"sql(
    UPDATE publish_events SET transaction = (SELECT max(transaction) FROM publish_events WHERE tenant_id = $1)
    WHERE tenant_id = $1 AND id = (SELECT min(id) FROM publish_events))sql"},
      tenant);
  check_found("deleted");
}

TEST_CASE_METHOD(events_fixture,
                 "an event that is added afterwards is found, before, among, between and behind the ranges") {
  run(add_events, other, start, 1);
  seal();  // so that the sweep has gone on behind what the company has
  const auto* where = GENERATE("min('3'::xid8)", "min(transaction)", "(min(transaction)::text::bigint + 1)::text::xid8",
                               "(max(transaction)::text::bigint - 1)::text::xid8", "max(transaction)",
                               "max((SELECT max(transaction) FROM publish_events))");
  const auto sql =
      "INSERT INTO publish_events (tenant_id, type, created_at, transaction) "
      "SELECT $1, 'Published', $2, " +
      std::string{where} + " FROM publish_events WHERE tenant_id = $1";
  run({"test_add_event", sql}, tenant, start);
  check_found("1 events were added");
}

TEST_CASE_METHOD(events_fixture, "an entry that tells of events cannot be taken away, forged, or lose what it tells") {
  SECTION("taken away, the newest") {
    run({"test_take_range", "DELETE FROM audit_entries WHERE tenant_id = $1 AND seq = 2"}, tenant);
    check_found("The last entries were deleted");
  }
  SECTION("taken away before it was chained") {
    add(1);
    audit::sweep_all(engine, clock);
    run({"test_take_unchained", "DELETE FROM audit_entries WHERE tenant_id = $1 AND seq IS NULL"}, tenant);
    check_found("1 events were added");
  }
  SECTION("as if it were personal") {
    run({"test_erase_range", R"(UPDATE audit_entries SET details = '{}', salt = NULL, erased_at = at WHERE seq = 2)"});
    check_found("are not as they were");
  }
  SECTION("swept up once more") {
    run({"test_put_sweep_back", "UPDATE event_sweep SET position = 0"});
    seal();
    check_found("do not follow each other");
  }
}

TEST_CASE_METHOD(events_fixture,
                 "an event whose transaction commits late is swept up when it has, and none is missed") {
  std::promise<void> written;
  std::promise<void> may_commit;
  std::promise<void> committed;
  static constexpr statement late{"test_late_event",
                                  "INSERT INTO publish_events (tenant_id, type, created_at) VALUES ($1, 'Late', $2)"};
  login.transact(
      std::nullopt,
      [&](transaction& tx) {
        tx.execute(late, tenant, start);
        written.set_value();
        may_commit.get_future().wait();
      },
      [&](result<void>) { committed.set_value(); });
  written.get_future().wait();
  add(5);  // of a later transaction, and committed before it
  seal();
  const auto before = verify();
  CHECK(before.is_sound);
  CHECK(before.events == 7);
  may_commit.set_value();
  committed.get_future().wait();
  seal();
  const auto after = verify();
  CHECK(after.problem == "");
  CHECK(after.events == 13);
}

TEST_CASE_METHOD(events_fixture,
                 "a sweep takes a limited number at a time, and the chain continues from one to the next") {
  for (int i = 0; i < 6; ++i) add(4);
  int sweeps = 0;
  audit::sweep_result last{0, true};
  for (; last.has_more; ++sweeps)
    last = *engine.transact_now(std::nullopt, [&](transaction& tx) { return audit::sweep_events(tx, start, 5); });
  CHECK(sweeps >= 6);  // four events a transaction: five never fit
  audit::seal_all(engine, clock, key);
  const auto found = verify();
  CHECK(found.problem == "");
  CHECK(found.events == 7 + 24);
}

TEST_CASE_METHOD(events_fixture, "a company that is deleted while its chain is verified lacks no events") {
  constexpr statement lock_events{"test_lock_events", "LOCK TABLE publish_events IN ACCESS EXCLUSIVE MODE"};
  constexpr statement find_waiting{"test_find_waiting", R"sql(
    SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'publish_events'::regclass AND NOT granted))sql"};
  constexpr statement tell{"test_tell_of_deletion", R"sql(
    INSERT INTO audit_entries (tenant_id, id, at, action, status, actor_kind, request_id, details)
    VALUES ($1, gen_random_uuid(), $2, 'DELETE /org', $3, 'member', '', '{}'))sql"};
  const bool is_told = GENERATE(true, false);
  std::future<audit::verdict> judged;
  const auto deleted = login.transact_now(std::nullopt, [&](transaction& tx) {
    tx.execute(lock_events);
    SECTION("by a command") {
      judged = std::async(std::launch::async, [this] { return verify(); });
    }
    SECTION("by a call") {
      judged = std::async(std::launch::async, [this] { return verify_by_steps(); });
    }
    while (!tx.execute(find_waiting).get<bool>(0, 0)) std::this_thread::yield();
    tx.execute(statement{"test_delete_company",
                         "UPDATE tenants SET deleted_at = $2, suspended_at = $2, paused_at = $2 WHERE id = $1"},
               tenant, start);
    tx.execute(statement{"test_delete_events", "DELETE FROM publish_events WHERE tenant_id = $1"}, tenant);
    tx.execute(tell, tenant, start + std::chrono::hours{1}, is_told ? 204 : 409);
  });
  INFO((deleted.has_error() ? deleted.error().detail : std::string{}));
  REQUIRE(deleted.has_value());
  const auto found = judged.get();
  CHECK(found.is_sound == is_told);
  CHECK(found.problem == (is_told ? "" : "The company is marked as deleted, and no entry tells of that."));
}

TEST_CASE_METHOD(events_fixture, "a sweep that is too much for the database gets through with fewer events at once") {
  constexpr statement refuse_many{"test_refuse_many", R"sql(
    CREATE FUNCTION refuse_many() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''too many at once''; END')sql"};
  constexpr statement add_trigger{"test_add_trigger", R"sql(
    CREATE TRIGGER refuse BEFORE INSERT ON audit_entries FOR EACH ROW
    WHEN ((NEW.details ->> 'events')::int > 1100) EXECUTE FUNCTION refuse_many())sql"};
  constexpr statement count_told{"test_count_told",
                                 "SELECT sum((details ->> 'events')::int) FROM audit_entries WHERE action = 'EVENTS'"};
  run(refuse_many);
  run(add_trigger);
  const auto before = count(count_told);
  for (int i = 0; i < 40; ++i) add(100);
  {
    using namespace std::chrono_literals;
    const audit::sealer::options often{.every = 1ms, .sweep_every = 0s, .events_at_once = 8'000};
    const audit::sealer running{engine, clock, key, often};
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (count(count_told) < before + 4'000 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }
  CHECK(count(count_told) == before + 4'000);
  audit::seal_all(engine, clock, key);
  CHECK(verify().problem == "");
}

TEST_CASE_METHOD(events_fixture, "a database that was restored into another server begins anew, and says so") {
  run({"test_restore_events", "UPDATE publish_events SET transaction = '4000000000' WHERE tenant_id = $1"}, tenant);
  run({"test_restore_sweep", "UPDATE event_sweep SET position = 4000000001"});
  add(1);
  seal();  // nothing, as long as the events are not adopted
  REQUIRE(engine.transact_now(std::nullopt, [](transaction& tx) { return events::adopt(tx); }).has_value());
  add(2);
  seal();
  const auto found = verify();
  CHECK(found.problem == "");
  CHECK(found.restored == 2);
  CHECK(found.events == 2);
  CHECK(verify_by_steps().is_sound);
  run({"test_change_after_restore",
       "UPDATE publish_events SET type = 'x' WHERE id = (SELECT max(id) FROM publish_events)"});
  check_found("are not as they were");
}

TEST_CASE_METHOD(events_fixture,
                 "entries that tell of events are listed where they are asked for, and counted nowhere") {
  database requests{{.url = url, .connections = 1, .as = role::request}};
  const auto listed = [&](std::optional<std::string> action) {
    const auto found = requests.transact_now(tenant, [&](transaction& tx) {
      audit::filter wanted;
      wanted.action = std::move(action);
      return audit::list(tx, wanted, start + std::chrono::hours{1}, base::uuid{}, 10).size() +
             100 * audit::count_by_action(tx, start - std::chrono::hours{1}).size();
    });
    REQUIRE(found.has_value());
    return *found;
  };
  CHECK(listed(std::nullopt) == 0);
  CHECK(listed("EVENTS") == 2);
  requests.stop();
}

TEST_CASE("sweeping up and verifying cost little an event", "[.][measure]") {
  constexpr int events = 100'000;
  events_fixture with;
  for (int i = 0; i < 100; ++i) with.add(events / 100);
  const auto took = [](auto work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count() / events;
  };
  const auto swept = took([&] { audit::sweep_all(with.engine, with.clock); });
  audit::seal_all(with.engine, with.clock, with.key);
  const auto verified = took([&] { CHECK(with.verify().events == events + 7); });
  std::cout << "an event: swept up in " << swept << " us, verified in " << verified << " us\n";
}
