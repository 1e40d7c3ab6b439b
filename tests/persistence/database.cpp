#include "persistence/database.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/support/catch_result.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {

struct item {
  int id = 0;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(item, (), (id, name))

namespace {

using namespace std::chrono_literals;

constexpr statement insert_item{"insert_item", "INSERT INTO items (id, name) VALUES ($1, $2)"};
constexpr statement select_items{"select_items", "SELECT id, name FROM items ORDER BY id"};
constexpr statement select_item{"select_item", "SELECT id, name FROM items WHERE id = $1"};
constexpr statement count_items{"count_items", "SELECT count(*)::integer FROM items"};
constexpr statement process_id{"process_id", "SELECT pg_backend_pid()"};
constexpr statement terminate{"terminate", "SELECT pg_terminate_backend($1, 5000)"};
constexpr statement sleep_long{"sleep_long", "SELECT pg_sleep(30)"};
constexpr auto patience = 20s;

constexpr std::string_view schema = R"sql(
  CREATE TABLE items (id integer CONSTRAINT items_once PRIMARY KEY, name text NOT NULL);
  CREATE SEQUENCE tries;
  -- Sequences do not roll back: so a function can fail a number of times.
  CREATE FUNCTION fail_until(wanted bigint, code text) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE at bigint := nextval('tries');
  BEGIN
    IF at < wanted THEN RAISE EXCEPTION 'not yet' USING ERRCODE = code; END IF;
    RETURN at;
  END $$;
  -- Kills the connection while it commits.
  CREATE TABLE bombs (id integer);
  CREATE FUNCTION explode() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER explode AFTER INSERT ON bombs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION explode();
)sql";
constexpr statement fail_until{"fail_until", "SELECT fail_until($1, $2)"};
constexpr statement insert_bomb{"insert_bomb", "INSERT INTO bombs (id) VALUES (1)"};

connection::options as_owner(const std::string& url) { return {url, role::login, "test", 5000ms, 5000ms}; }

database::options small(const std::string& url) {
  database::options how;
  how.url = url;
  how.as = role::login;
  how.connections = 1;
  return how;
}

std::string new_store() {
  const auto url = tests::shared_servers().new_database();
  connection{as_owner(url)}.run_script(schema, "schema");
  return url;
}

int count(database& of) { return of.query_now(std::nullopt, count_items)->get<int>(0, 0); }

/// Keeps the only connection of a pool busy until it is let go.
class stopper {
 public:
  explicit stopper(database& of) {
    of.transact(
        std::nullopt,
        [this](transaction&) {
          entered_.count_down();
          leave_.wait();
        },
        [this](result<void>) { left_.count_down(); });
    entered_.wait();
  }
  ~stopper() {
    leave_.count_down();
    left_.wait();
  }

 private:
  std::latch entered_{1};
  std::latch leave_{1};
  std::latch left_{1};
};

/// A `done` that can be waited for, for a while.
template <class T>
class waiting {
 public:
  auto done() {
    return [promise = std::move(promise_)](result<T> value) mutable { promise.set_value(std::move(value)); };
  }
  result<T> get() {
    REQUIRE(answer_.wait_for(patience) == std::future_status::ready);
    return answer_.get();
  }

 private:
  std::promise<result<T>> promise_;
  std::future<result<T>> answer_ = promise_.get_future();
};

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

TEST_CASE("a job that fails, or returns an error, leaves nothing behind") {
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

TEST_CASE("row security binds a transaction to its tenant, and the tenant ends with the transaction") {
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

TEST_CASE("a full queue refuses at once, on the caller's thread") {
  auto how = small(new_store());
  how.queue_limit = 2;
  database store{how};
  waiting<rows> first;
  waiting<rows> second;
  std::thread::id answered_on;
  {
    const stopper busy{store};
    store.query(std::nullopt, count_items, first.done());
    store.query(std::nullopt, count_items, second.done());
    store.query(std::nullopt, count_items, [&answered_on](result<rows> answer) {
      CHECK(answer.error().kind == failure_kind::overloaded);
      answered_on = std::this_thread::get_id();
    });
    CHECK(answered_on == std::this_thread::get_id());
    CHECK(store.count().queue_depth == 2);
  }
  CHECK(first.get());
  CHECK(second.get());
  CHECK(store.count().overloaded == 1);
}

TEST_CASE("a job that waits too long is given up while the connections are still busy") {
  auto how = small(new_store());
  how.queue_timeout = 50ms;
  database store{how};
  const stopper busy{store};
  waiting<rows> late;
  store.query(std::nullopt, count_items, late.done());
  CHECK(late.get().error().kind == failure_kind::timeout);
  CHECK(store.count().expired == 1);
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
    CHECK(std::chrono::steady_clock::now() - start < how.connect_timeout);
    servers.start(tests::server::postgres);
    const auto back = std::chrono::steady_clock::now();
    while (store.query_now(std::nullopt, count_items).has_error()) {
      REQUIRE(std::chrono::steady_clock::now() - back < 1s);
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
  CHECK(std::chrono::steady_clock::now() - start < 1500ms);
  close(listener);
}

TEST_CASE("a receiver that throws harms nobody") {
  database store{small(new_store())};
  store.query(std::nullopt, count_items, [](const result<rows>&) { throw std::runtime_error{"a defect"}; });
  CHECK(count(store) == 0);
}

TEST_CASE("a pool that stops finishes what waits and takes no more") {
  auto how = small(new_store());
  how.connections = 2;
  database store{how};
  std::atomic<int> finished = 0;
  for (int i = 0; i < 100; ++i) {
    store.query(
        std::nullopt, insert_item, [&finished](const result<rows>& answer) { finished += answer ? 1 : 0; }, i, "x");
  }
  store.stop();
  CHECK(finished == 100);
  CHECK(store.query_now(std::nullopt, count_items).error().kind == failure_kind::unavailable);
}

TEST_CASE("many callers on few connections all get their own answers") {
  auto how = small(new_store());
  how.connections = 4;
  how.queue_limit = 100'000;
  database store{how};
  constexpr int callers = 4;
  constexpr int each = 2000;
  std::atomic<int> right = 0;
  std::latch answered{callers * each};
  std::vector<std::thread> threads;
  for (int caller = 0; caller < callers; ++caller) {
    threads.emplace_back([&store, &right, &answered, caller] {
      for (int i = 0; i < each; ++i) {
        const int asked = caller * each + i;
        const auto done = [&right, &answered, asked](const result<rows>& answer) {
          right += answer && answer->get<int>(0, 0) == asked ? 1 : 0;
          answered.count_down();
        };
        if (i % 3 == 0) {
          store.transact(
              std::nullopt,
              [asked](transaction& within) {
                return within.execute({"echo", "SELECT $1::integer"}, asked);
              },
              done);
        } else {
          store.query(std::nullopt, {"echo", "SELECT $1::integer"}, done, asked);
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  answered.wait();
  CHECK(right == callers * each);
}

TEST_CASE("a ping tells how long the database takes") {
  database store{small(new_store())};
  const auto took = store.ping_now();
  REQUIRE(took);
  CHECK(took->count() > 0);
}

}  // namespace pulse::persistence
