#include "persistence/postgres/database.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/persistence/postgres/database_fixture.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/sanitized.hpp"

namespace pulse::persistence {

struct item {
  int id = 0;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(item, (), (id, name))

namespace {

using namespace std::chrono_literals;

constexpr statement select_items{"select_items", "SELECT id, name FROM items ORDER BY id"};
constexpr statement select_item{"select_item", "SELECT id, name FROM items WHERE id = $1"};
constexpr statement terminate{"terminate", "SELECT pg_terminate_backend($1, 5000)"};
constexpr statement sleep_long{"sleep_long", "SELECT pg_sleep(30)"};

constexpr statement fail_until{"fail_until", "SELECT fail_until($1, $2)"};
constexpr statement insert_bomb{"insert_bomb", "INSERT INTO bombs (id) VALUES (1)"};

}  // namespace

TEST_CASE("a job's work is committed, and its value delivered") {
  database store{small(new_store())};
  const auto written = store.transact_now(std::nullopt, [](transaction& within) {
    within.execute(insert_item, 1, "one");
    within.queue(insert_item, 2, "two");
    return std::string{"done"};
  });
  REQUIRE(written);
  CHECK(*written == "done");
  const auto items =
      store.transact_now(std::nullopt, [](transaction& within) { return within.execute(select_items).all<item>(); });
  REQUIRE(items->size() == 2);
  CHECK((*items)[1].name == "two");
}

TEST_CASE("rows are delivered as structs") {
  database store{small(new_store())};
  REQUIRE(store.query_now(std::nullopt, insert_item, 1, "one"));
  waiting<std::vector<item>> all;
  store.query_all<item>(std::nullopt, select_items, all.done());
  CHECK(all.get()->at(0).name == "one");
  waiting<std::optional<item>> found;
  store.query_first<item>(std::nullopt, select_item, found.done(), 1);
  CHECK((*found.get())->id == 1);
  waiting<std::optional<item>> missing;
  store.query_first<item>(std::nullopt, select_item, missing.done(), 2);
  CHECK_FALSE(missing.get()->has_value());
  waiting<std::vector<item>> misfit;
  store.query_all<item>(std::nullopt, count_items, misfit.done());
  CHECK(misfit.get().error().kind == failure_kind::bug);
}

TEST_CASE("a job that fails, or returns an error, leaves nothing behind") {  // asvs: 2.3.3
  database store{small(new_store())};
  const auto conflicting = store.transact_now(std::nullopt, [](transaction& within) {
    within.execute(insert_item, 1, "one");
    within.execute(insert_item, 1, "one");
  });
  REQUIRE(conflicting.has_error());
  CHECK(conflicting.error().kind == failure_kind::conflict);
  CHECK(conflicting.error().constraint == "items_once");

  const auto thrown = store.transact_now(std::nullopt, [](transaction& within) {
    within.execute(insert_item, 1, "one");
    throw std::runtime_error{"a defect"};
  });
  CHECK(thrown.error().kind == failure_kind::bug);

  using decision = base::result<int, std::string>;
  const auto refused = store.transact_now(std::nullopt, [](transaction& within) -> decision {
    within.execute(insert_item, 1, "one");
    return std::string{"no"};
  });
  REQUIRE(refused);
  CHECK(refused->error() == "no");

  const auto swallowed = store.transact_now(std::nullopt, [](transaction& within) {
    within.execute(insert_item, 1, "one");
    try {
      within.execute(insert_item, 1, "one");
    } catch (const database_error&) {
    }
  });
  CHECK(swallowed.error().kind == failure_kind::conflict);
  CHECK(count(store) == 0);
}

TEST_CASE("a parameter that cannot be sent is answered at once") {
  database store{small(new_store())};
  const auto refused = store.query_now(std::nullopt, insert_item, 1, std::string{"a\0b", 3});
  CHECK(refused.error().kind == failure_kind::bug);
}

TEST_CASE("row security binds a transaction to its tenant, and the tenant ends with the transaction") {  // asvs: 8.4.1
  const auto url = new_store();
  const auto ours = base::uuid_from_name("ours");
  const auto theirs = base::uuid_from_name("theirs");
  connection{as_owner(url)}.run_script(R"sql(
    DO $$ BEGIN CREATE ROLE pulse_api NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    CREATE TABLE papers (tenant_id uuid);
    ALTER TABLE papers ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON papers TO pulse_api USING (tenant_id = nullif(current_setting('pulse.tenant_id'), '')::uuid);
    GRANT SELECT, INSERT ON papers TO pulse_api)sql",
                                       "papers");
  constexpr statement add{"add_paper", "INSERT INTO papers (tenant_id) VALUES ($1)"};
  constexpr statement papers{"papers", "SELECT tenant_id FROM papers"};
  auto how = small(url);
  how.as = role::request;
  database store{how};
  REQUIRE(store.query_now(ours, add, ours));
  REQUIRE(store.query_now(theirs, add, theirs));
  CHECK(store.query_now(ours, add, theirs).has_error());
  const auto seen = store.query_now(ours, papers);
  REQUIRE(seen->size() == 1);
  CHECK(seen->get<base::uuid>(0, 0) == ours);
  CHECK(*store.transact_now(
            theirs, [&](transaction& within) { return within.execute(papers).get<base::uuid>(0, 0); }) == theirs);
  CHECK(store.query_now(std::nullopt, papers)->empty());
  CHECK(*store.transact_now(std::nullopt, [&](transaction& within) { return within.execute(papers).empty(); }));
}

TEST_CASE("a login that cannot take its role is told to migrate") {
  const auto url = new_store();
  connection{as_owner(url)}.run_script(R"sql(
    DO $$ BEGIN CREATE ROLE pulse_engine NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    DO $$ BEGIN CREATE ROLE stranger LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$)sql",
                                       "roles");
  auto how = small(url);
  how.url.replace(how.url.find("//") + 2, how.url.find('@') - how.url.find("//") - 2, "stranger");
  how.as = role::engine;
  database store{how};
  const auto refused = store.query_now(std::nullopt, count_items);
  REQUIRE(refused.has_error());
  CHECK(refused.error().kind == failure_kind::unavailable);
  CHECK(refused.error().detail.find("pulse migrate") != std::string::npos);
}

TEST_CASE("serialization failures are tried again, and are a conflict when they do not end") {
  database store{small(new_store())};
  int runs = 0;
  const auto lucky = store.transact_now(std::nullopt, [&runs](transaction& within) {
    ++runs;
    within.queue(insert_item, 1, "one");
    within.execute(fail_until, 3, "40001");
  });
  CHECK(lucky);
  CHECK(runs == 3);
  CHECK(count(store) == 1);
  CHECK(store.query_now(std::nullopt, fail_until, 5, "40P01"));
  const auto unlucky = store.query_now(std::nullopt, fail_until, 1000, "40001");
  CHECK(unlucky.error().kind == failure_kind::conflict);
  CHECK(store.count().retried == 2 + 1 + database::max_retries);
}

TEST_CASE("the next job after a killed connection does not notice it") {
  const auto url = new_store();
  database store{small(url)};
  database other{small(url)};
  for (int round = 0; round < 5; ++round) {
    const auto process = store.query_now(std::nullopt, process_id)->get<int>(0, 0);
    REQUIRE(other.query_now(std::nullopt, terminate, process)->get<bool>(0, 0));
    // A write: were it sent into the dead connection, its outcome would be in doubt.
    CHECK(store.query_now(std::nullopt, insert_item, round, "x"));
  }
  CHECK(count(store) == 5);
  CHECK(store.count().connects == 6);
}

TEST_CASE("a job whose connection is lost before it commits is run again") {
  const auto url = new_store();
  database store{small(url)};
  database other{small(url)};
  int runs = 0;
  const auto finished = store.transact_now(std::nullopt, [&](transaction& within) {
    within.execute(insert_item, 1, "one");
    if (++runs == 1) other.query_now(std::nullopt, terminate, within.execute(process_id).get<int>(0, 0));
    within.execute(insert_item, 2, "two");
  });
  CHECK(finished);
  CHECK(runs == 2);
  CHECK(count(store) == 2);

  const auto suicidal = store.query_now(std::nullopt, {"die", "SELECT pg_terminate_backend(pg_backend_pid())"});
  CHECK(suicidal.error().kind == failure_kind::unavailable);
  CHECK(count(store) == 2);
}

TEST_CASE("a connection lost while committing leaves the job in doubt, and it is not run again") {
  database store{small(new_store())};
  int runs = 0;
  const auto doubtful = store.transact_now(std::nullopt, [&runs](transaction& within) {
    ++runs;
    within.execute(insert_bomb);
  });
  REQUIRE(doubtful.has_error());
  CHECK(doubtful.error().kind == failure_kind::in_doubt);
  CHECK(runs == 1);
  CHECK(store.query_now(std::nullopt, insert_bomb).error().kind == failure_kind::in_doubt);
  CHECK(count(store) == 0);
}

TEST_CASE("a slow statement is cancelled, and the connection goes on") {
  auto how = small(new_store());
  how.statement_timeout = 50ms;
  database store{how};
  CHECK(store.query_now(std::nullopt, sleep_long).error().kind == failure_kind::timeout);
  CHECK(store.transact_now(std::nullopt, [](transaction& within) { within.execute(sleep_long); }).error().kind ==
        failure_kind::timeout);
  CHECK(count(store) == 0);
  CHECK(store.count().connects == 1);
}

TEST_CASE("while PostgreSQL is gone every job fails fast, and within a second of its return it works again") {
  tests::private_servers servers;
  connection{as_owner(servers.database_url())}.run_script(schema, "schema");
  auto how = small(servers.database_url());
  how.connections = 4;
  database store{how};
  REQUIRE(store.query_now(std::nullopt, insert_item, 1, "one"));
  for (const bool hard : {false, true}) {
    hard ? servers.kill(tests::server::postgres) : servers.stop(tests::server::postgres);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) {
      CHECK(store.query_now(std::nullopt, count_items).error().kind == failure_kind::unavailable);
    }
    CHECK(std::chrono::steady_clock::now() - start < tests::time_limit(how.connect_timeout));
    servers.start(tests::server::postgres);
    const auto back = std::chrono::steady_clock::now();
    while (store.query_now(std::nullopt, count_items).has_error()) {
      REQUIRE(std::chrono::steady_clock::now() - back < tests::time_limit(1s));
    }
    CHECK(count(store) == 1);
  }
}

TEST_CASE("a server that accepts and says nothing is given up after the connect time-out, and not tried by everyone") {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(listen(listener, 8) == 0);
  REQUIRE(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  auto how = small("postgresql://u@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) +
                   "/d?sslmode=disable&gssencmode=disable");
  how.connect_timeout = 100ms;
  database store{how};
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    CHECK(store.query_now(std::nullopt, count_items).error().kind == failure_kind::unavailable);
  }
  // Each on its own would take 20 × 100 ms.
  CHECK(std::chrono::steady_clock::now() - start < tests::time_limit(1500ms));
  close(listener);
}

TEST_CASE("a ping tells how long the database takes") {
  database store{small(new_store())};
  const auto took = store.ping_now();
  REQUIRE(took);
  CHECK(took->count() > 0);
}

}  // namespace pulse::persistence
