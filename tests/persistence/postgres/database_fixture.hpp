// A database with a table, and the jobs of the tests of `database` and its pool.
#pragma once

#include <chrono>
#include <future>
#include <latch>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>

#include "persistence/postgres/database.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {

using namespace std::chrono_literals;

inline constexpr auto patience = 20s;

inline constexpr statement insert_item{"insert_item", "INSERT INTO items (id, name) VALUES ($1, $2)"};
inline constexpr statement count_items{"count_items", "SELECT count(*)::integer FROM items"};
inline constexpr statement process_id{"process_id", "SELECT pg_backend_pid()"};

inline constexpr std::string_view schema = R"sql(
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
inline connection::options as_owner(const std::string& url) { return {url, role::login, "test", 5000ms, 5000ms}; }

inline database::options small(const std::string& url) {
  database::options how;
  how.url = url;
  how.as = role::login;
  how.connections = 1;
  return how;
}

inline std::string new_store() {
  const auto url = tests::shared_servers().new_database();
  connection{as_owner(url)}.run_script(schema, "schema");
  return url;
}

inline int count(database& of) { return of.query_now(std::nullopt, count_items)->get<int>(0, 0); }

/// Keeps the only connection of a pool busy until it is let go.
class stopper {
 public:
  explicit stopper(database& of) {
    enter(of);
    entered_.wait();
  }
  ~stopper() {
    leave_.count_down();
    left_.wait();
  }

 private:
  /// Again when it has waited too long for its own connection, which on a slow machine takes longer than a short
  /// time-out to make.
  void enter(database& of) {
    of.transact(
        std::nullopt,
        [this](transaction&) {
          entered_.count_down();
          leave_.wait();
        },
        [this, &of](const result<void>& came_out) {
          if (came_out.has_error() && came_out.error().kind == failure_kind::timeout) return enter(of);
          left_.count_down();
        });
  }

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

}  // namespace pulse::persistence
