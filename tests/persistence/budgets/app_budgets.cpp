#include "persistence/budgets/app_budgets.hpp"

#include <catch2/catch.hpp>

#include "persistence/postgres/database.hpp"
#include "tests/support/migrated_database.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;

const base::timestamp noon = *base::parse_timestamp("2026-11-22T12:00:00Z");
const domain::rate few{.limit = 10, .window = 57s, .burst = 5};  // 10 s each, after the burst

struct fixture {
  std::string url = tests::migrated_database();
  database engine{{.url = url, .connections = 2, .as = role::engine}};

  domain::slot_grant ask(const domain::slot_request& question, std::optional<base::timestamp> now = noon,
                         const std::string& key = "x") {
    auto said =
        engine.transact_now(std::nullopt, [&](transaction& tx) { return app_budgets::ask(tx, key, question, now); });
    REQUIRE(said.has_value());
    return *said;
  }
  std::vector<base::timestamp> take(int wanted, const std::string& key = "x") {
    std::vector<base::timestamp> times;
    for (const auto& each : ask({.budget = few, .wanted = wanted, .unused = {}}, noon, key).slots)
      times.push_back(each.at);
    return times;
  }
};

}  // namespace

TEST_CASE_METHOD(fixture, "a row stores the slots given from an app's budget, and the platform's reports about it") {
  CHECK(take(6) == std::vector<base::timestamp>{noon, noon, noon, noon, noon, noon + 10s});
  CHECK(take(1) == std::vector<base::timestamp>{noon + 20s});
  CHECK(take(1, "another app") == std::vector<base::timestamp>{noon});
  ask({.budget = few, .unused = {noon, noon + 20s}});
  CHECK(take(2) == std::vector<base::timestamp>{noon + 10s, noon + 20s});
  ask({.budget = few, .news = domain::platform_pace{noon + 1h, 1'500ms, noon + 2h}, .unused = {}});
  const auto told = ask({.budget = few, .wanted = 1, .unused = {}});
  CHECK(told.slots.at(0).at == noon + 1h);
  CHECK(told.slots.at(0).is_told);
  CHECK(told.told.interval == 1'500ms);
  CHECK(told.told.until == noon + 2h);
}

TEST_CASE_METHOD(fixture, "an app's budget is counted by the database's clock") {
  const statement clock{"test_server_clock", "SELECT clock_timestamp()"};
  const auto time = [&] { return engine.query_now(std::nullopt, clock)->get<base::timestamp>(0, 0); };
  const auto before = time();
  const auto said = ask({.budget = few, .wanted = 1, .unused = {}}, std::nullopt);
  CHECK(said.now >= before);
  CHECK(said.now <= time());
  CHECK(said.slots.at(0).at == said.now);
}

TEST_CASE_METHOD(fixture,
                 "what an app's budget has given is on the disk before anybody hears of it, and a process that stops "
                 "keeps no other waiting for long") {
  struct settings {
    std::string commit;
    std::string idle;
  };
  const auto how = engine.transact_now(std::nullopt, [&](transaction& tx) {
    app_budgets::ask(tx, "x", {.budget = few, .wanted = 1, .unused = {}}, noon);
    static constexpr statement look{"test_transaction_settings", R"sql(
      SELECT current_setting('synchronous_commit'), current_setting('idle_in_transaction_session_timeout'))sql"};
    const auto found = tx.execute(look);
    return settings{found.get<std::string>(0, 0), found.get<std::string>(0, 1)};
  });
  REQUIRE(how.has_value());
  CHECK(how->commit ==
        "on");  // the server may come back within the life of a slot, and would give it to another node, too
  CHECK(how->idle == "2s");
}

TEST_CASE_METHOD(fixture,
                 "two that ask for the same app's budget at the same time are given slots one after the other") {
  bool has_first_ended = false;
  detail::answer_to_come<domain::slot_grant> second;
  const auto first = engine.transact_now(std::nullopt, [&](transaction& tx) {
    auto said = app_budgets::ask(tx, "x", {.budget = few, .wanted = 5, .unused = {}}, noon);
    engine.transact(
        std::nullopt,
        [&](transaction& other) {
          return app_budgets::ask(other, "x", {.budget = few, .wanted = 1, .unused = {}}, noon);
        },
        second.receiver());
    // Until the other waits for the row.
    static constexpr statement count{
        "test_count_waiting",
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT granted AND database IS NULL"};
    while (tx.execute(count).get<std::int64_t>(0, 0) == 0) {
    }
    has_first_ended = true;
    return said;
  });
  REQUIRE(first.has_value());
  const auto other = second.get();
  REQUIRE(other.has_value());
  CHECK(has_first_ended);
  CHECK(other->slots.at(0).at == noon + 10s);
}

TEST_CASE_METHOD(fixture, "a failed lease takes no slots, and requests do not see the budgets") {
  const auto failed = engine.transact_now(std::nullopt, [&](transaction& tx) {
    app_budgets::ask(tx, "x", {.budget = few, .wanted = 5, .unused = {}}, noon);
    static constexpr statement wrong{"test_divide_by_zero", "SELECT 1 / 0"};
    tx.execute(wrong);
    return true;
  });
  CHECK(failed.has_error());
  CHECK(take(1) == std::vector<base::timestamp>{noon});
  database requests{{.url = url, .connections = 1}};
  static constexpr statement look{"test_look_at_app_budgets", "SELECT 1 FROM app_budgets"};
  CHECK(requests.query_now(std::nullopt, look).has_error());
}

}  // namespace pulse::persistence
