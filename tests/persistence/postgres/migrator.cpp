#include "persistence/postgres/migrator.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "persistence/postgres/database.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {
namespace {

constexpr migration make_one{1, "one", "CREATE TABLE one (id integer); INSERT INTO one VALUES (1);"};
constexpr migration make_two{2, "two", "CREATE TABLE two (id integer);"};
constexpr migration make_broken{2, "broken", "CREATE TABLE half (id integer); SELECT nonsense();"};
constexpr migration make_one_otherwise{1, "one", "CREATE TABLE one (id bigint);"};

bool has_table(const std::string& url, const std::string& name) {
  database::options how;
  how.url = url;
  how.as = role::login;
  database store{how};
  return store.query_now(std::nullopt, {"has_table", "SELECT to_regclass($1) IS NOT NULL"}, name)->get<bool>(0, 0);
}

const base::manual_clock noon{*base::parse_timestamp("2026-11-22T12:00:00Z")};

}  // namespace

TEST_CASE("the program's own migrations make a database from nothing, once") {
  const auto url = tests::shared_servers().new_database();
  const auto before = pending(url);
  REQUIRE(before);
  CHECK(before->size() == embedded_migrations().size());
  const auto first = migrate(url);
  INFO((first.has_error() ? first.error().detail : ""));
  REQUIRE(first);
  CHECK(first->applied == *before);
  CHECK(first->version_after == static_cast<int>(embedded_migrations().size()));
  const auto second = migrate(url);
  REQUIRE(second);
  CHECK(second->applied.empty());
  CHECK(second->version_before == first->version_after);
  CHECK(pending(url)->empty());
}

TEST_CASE("only what is missing is applied, and the time is the clock's") {
  const auto url = tests::shared_servers().new_database();
  const migration both[] = {make_one, make_two};
  REQUIRE(migrate(url, noon, std::span{both}.first(1)));
  CHECK(*pending(url, both) == std::vector<std::string>{"0002_two"});
  const auto report = migrate(url, noon, both);
  REQUIRE(report);
  CHECK(report->applied == std::vector<std::string>{"0002_two"});
  database::options how;
  how.url = url;
  how.as = role::login;
  database store{how};
  const auto applied = store.query_now(std::nullopt, {"applied", "SELECT applied_at FROM schema_migrations"});
  REQUIRE(applied->size() == 2);
  CHECK(applied->get<base::timestamp>(1, 0) == noon.now());
}

TEST_CASE("a migration that fails leaves nothing of itself, and can be repaired") {
  const auto url = tests::shared_servers().new_database();
  const migration broken[] = {make_one, make_broken};
  const auto failed = migrate(url, noon, broken);
  REQUIRE(failed.has_error());
  CHECK(failed.error().detail.find("0002_broken") == 0);
  CHECK(has_table(url, "one"));
  CHECK_FALSE(has_table(url, "half"));
  const migration repaired[] = {make_one, make_two};
  CHECK(migrate(url, noon, repaired));
}

TEST_CASE("a changed file, and a database newer than the program, stop with a sentence") {
  const auto url = tests::shared_servers().new_database();
  const migration both[] = {make_one, make_two};
  REQUIRE(migrate(url, noon, both));
  const migration changed[] = {make_one_otherwise, make_two};
  CHECK(migrate(url, noon, changed).error().detail ==
        "the migration 0001_one was changed after it was applied: restore the file and add a new one");
  CHECK(pending(url, changed).has_error());
  CHECK(migrate(url, noon, std::span{both}.first(1)).error().detail ==
        "the database is newer than this program: it has the migration 0002_two, which this program does not know");
  const migration gap[] = {make_two};
  CHECK(migrate(url, noon, gap).has_error());
}

TEST_CASE("two processes that migrate at once do it once") {
  const auto url = tests::shared_servers().new_database();
  static const migration both[] = {make_one, make_two};
  std::vector<std::future<result<migration_report>>> running;
  for (int i = 0; i < 4; ++i)
    running.push_back(std::async(std::launch::async, [&url] { return migrate(url, noon, both); }));
  std::size_t applied = 0;
  for (auto& each : running) {
    const auto report = each.get();
    REQUIRE(report);
    applied += report->applied.size();
  }
  CHECK(applied == 2);
}

TEST_CASE("a database that is not there is a failure and not an exception") {
  CHECK(migrate("postgresql:///x?host=/nowhere").error().kind == failure_kind::unavailable);
  CHECK(pending("not a url").error().kind == failure_kind::bug);
}

}  // namespace pulse::persistence
