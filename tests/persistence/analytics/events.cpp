// Figures counted from the events: each event once, none skipped, and read by index however many there are.
#include <catch2/catch.hpp>

#include <memory>

#include "persistence/analytics/events.hpp"
#include "persistence/analytics/figures.hpp"
#include "persistence/postgres/connection.hpp"
#include "tests/support/plan_of.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using analytics::count_next;
using tests::company;
using tests::noon;
using tests::plan_of;
using tests::publishing_store;

constexpr int plenty = 100'000;

constexpr statement insert_outcomes{"test_insert_outcomes", R"sql(
  INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at)
  SELECT $1, $2, $3, $4, '', json_build_object('lateness_ms', $5::float8, 'publish_latency_ms', $6::float8), $7::timestamptz
  FROM generate_series(1, $8::integer))sql"};

/// Outcomes of one kind on a channel.
struct outcomes {
  std::string type = "PublishSucceeded";
  int many = 1;
  base::timestamp at = noon();
  double lateness_ms = 3;
  double latency_ms = 200;
};

void add(transaction& tx, const company& of, const base::uuid& channel_id, const outcomes& what) {
  tx.execute(insert_outcomes, of.id, of.project_id, channel_id, what.type, what.lateness_ms, what.latency_ms, what.at,
             what.many);
}

void add(publishing_store& store, const company& of, const outcomes& what) {
  store.as(of, [&](transaction& tx) { add(tx, of, of.x_id, what); });
}

analytics::counting_step step(publishing_store& store, int most = plenty) {
  return store.as_engine([&](transaction& tx) { return count_next(tx, noon(), most); });
}

std::vector<analytics::counts_row> counts(publishing_store& store, const company& of,
                                          std::vector<base::timestamp> bounds = {noon() - 24h, noon() + 24h}) {
  return store.as(of,
                  [&](transaction& tx) { return analytics::list_counts(of.project_id, std::nullopt, bounds).all(tx); });
}

std::int64_t published(publishing_store& store, const company& of) {
  std::int64_t all = 0;
  for (const auto& row : counts(store, of)) all += row.published;
  return all;
}

std::vector<analytics::span_row> spans(publishing_store& store, const company& of) {
  return store.as(of, [&](transaction& tx) {
    return analytics::list_spans(of.project_id, std::nullopt, noon() - 24h, noon() + 24h).all(tx);
  });
}

void check_plan(const std::string& plan, const std::vector<std::string>& tables) {
  INFO(plan);
  CHECK(plan.find("Index") != std::string::npos);
  for (const auto& table : tables) CHECK(plan.find("Seq Scan on " + table) == std::string::npos);
}

}  // namespace

TEST_CASE("outcomes become figures: how often what, by quarter of an hour and platform") {
  publishing_store store;
  const auto acme = store.add_company();
  add(store, acme, {.many = 3});
  add(store, acme, {.type = "PublishFailed", .many = 2});
  add(store, acme, {.type = "PublishMissed"});
  add(store, acme, {.type = "PublishCancelled", .many = 4});
  add(store, acme, {.type = "PublishRetryScheduled", .many = 5});
  add(store, acme, {.type = "PublishUnconfirmed", .many = 6});
  add(store, acme, {.type = "PostEdited", .many = 7});
  CHECK(step(store).events == 21);
  const auto rows = counts(store, acme);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].platform == domain::channel_type::x);
  CHECK(rows[0].published == 3);
  CHECK(rows[0].failed == 2);
  CHECK(rows[0].missed == 1);
  CHECK(rows[0].cancelled == 4);
  CHECK(rows[0].retried == 5);
  CHECK(rows[0].unconfirmed == 6);
}

TEST_CASE("what is counted is not counted again, and what comes later is added") {
  publishing_store store;
  const auto acme = store.add_company();
  add(store, acme, {.many = 2});
  step(store);
  CHECK(step(store).events == 0);
  CHECK(published(store, acme) == 2);
  add(store, acme, {.many = 3});
  CHECK(step(store).events == 3);
  CHECK(published(store, acme) == 5);
}

TEST_CASE("an event whose transaction commits late is counted then, and no other twice") {
  publishing_store store;
  const auto acme = store.add_company();
  connection slow{{store.url(), role::login, "test", 5000ms, 5000ms}};
  slow.run_script(
      "BEGIN; INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, created_at) VALUES ('" +
          base::to_string(acme.id) + "', '" + base::to_string(acme.project_id) + "', '" + base::to_string(acme.x_id) +
          "', 'PublishSucceeded', '', '2026-11-22 12:00Z')",
      "a slow transaction");
  add(store, acme, {.many = 2});  // commits first
  step(store);
  CHECK(published(store, acme) == 0);  // behind one that is still running: later
  slow.run_script("COMMIT", "the end of it");
  step(store);
  CHECK(published(store, acme) == 3);
  step(store);
  CHECK(published(store, acme) == 3);
}

TEST_CASE("a step ends at its limit, and the next goes on") {
  publishing_store store;
  const auto acme = store.add_company();
  for (int i = 0; i < 10; ++i) add(store, acme, {.many = 3});
  int steps = 1;
  auto done = step(store, 7);
  CHECK(done.events <= 9);
  while (done.has_more) {
    done = step(store, 7);
    ++steps;
  }
  CHECK(steps > 3);
  CHECK(published(store, acme) == 30);
}

TEST_CASE("one transaction with more than a step takes is counted whole") {
  publishing_store store;
  const auto acme = store.add_company();
  add(store, acme, {.many = 50});
  add(store, acme, {.many = 1});
  while (step(store, 10).has_more) {
  }
  CHECK(published(store, acme) == 51);
}

TEST_CASE("figures stand in the quarter of an hour in which it happened") {
  publishing_store store;
  const auto acme = store.add_company();
  add(store, acme, {.many = 1, .at = noon() - 1us});
  add(store, acme, {.many = 2, .at = noon()});
  add(store, acme, {.many = 4, .at = noon() + 15min});
  step(store);
  const auto rows = counts(store, acme, {noon() - 15min, noon(), noon() + 15min, noon() + 30min});
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].place == 0);
  CHECK(rows[0].published == 1);
  CHECK(rows[1].published == 2);
  CHECK(rows[2].place == 2);
  CHECK(rows[2].published == 4);
}

TEST_CASE("spans are counted by their size, of what went out only") {
  publishing_store store;
  const auto acme = store.add_company();
  add(store, acme, {.many = 2, .lateness_ms = 0.2, .latency_ms = 512});
  add(store, acme, {.many = 1, .lateness_ms = 2, .latency_ms = 513});
  add(store, acme, {.type = "PublishFailed", .lateness_ms = 64, .latency_ms = 64});
  step(store);
  std::vector<std::string> seen;
  for (const auto& row : spans(store, acme)) {
    seen.push_back(std::string{base::to_name(row.measure)} + " " + std::to_string(row.bucket) + " x" +
                   std::to_string(row.count));
  }
  CHECK(seen == std::vector<std::string>{"latency 72 x2", "latency 73 x1", "lateness 0 x2", "lateness 8 x1"});
}

TEST_CASE("figures are their company's only, and end with their channel") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  add(store, acme, {.many = 2});
  step(store);
  CHECK(published(store, other) == 0);
  CHECK(store
            .as(other,
                [&](transaction& tx) {
                  return analytics::list_counts(acme.project_id, std::nullopt, {noon() - 24h, noon() + 24h}).all(tx);
                })
            .empty());
  connection owner{{store.url(), role::login, "test", 5000ms, 5000ms}};
  add(store, acme, {.many = 2});
  owner.run_script("DELETE FROM tenants WHERE id = '" + base::to_string(acme.id) + "'", "the company leaves");
  step(store);  // its uncounted events went with it
  CHECK(published(store, acme) == 0);
}

TEST_CASE("neither a figure nor a count nor an export reads a table from end to end") {
  publishing_store store;
  const auto acme = store.add_company();
  connection owner{{store.url(), role::login, "test", 5000ms, 30000ms}};
  owner.run_script(
      "INSERT INTO publish_events (tenant_id, project_id, channel_id, type, message, metadata_json, created_at) SELECT "
      "'" +
          base::to_string(acme.id) + "', '" + base::to_string(acme.project_id) + "', '" + base::to_string(acme.x_id) +
          "', 'PublishSucceeded', '', json_build_object('lateness_ms', n % 50, 'publish_latency_ms', n % 700), "
          "timestamptz '2026-11-22 12:00Z' - n * interval '1 minute' FROM "
          "generate_series(1, 100000) n",
      "many events");
  while (step(store, 20'000).has_more) {
  }
  for (int i = 0; i < 20; ++i) add(store, acme, {.many = 1});
  owner.run_script("ANALYZE", "statistics");

  const std::vector<base::timestamp> week{noon() - 24h * 7, noon()};
  store.as(acme, [&](transaction& tx) {
    check_plan(plan_of(tx, analytics::list_counts(acme.project_id, std::nullopt, week)), {"publishing_counts"});
    check_plan(plan_of(tx, analytics::list_spans(acme.project_id, std::nullopt, week.front(), week.back())),
               {"publishing_spans"});
    check_plan(
        plan_of(tx, analytics::list_outcomes({.project_id = acme.project_id, .to = week.back()}, week.front(), 0, 500)),
        {"publish_events"});
  });
  store.as_engine([&](transaction& tx) {
    const auto running = tx.execute(statement{"test_running", "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"})
                             .get<std::string>(0, 0);
    const auto first = std::to_string(std::stoll(running) - 20);
    const auto plan = plan_of(tx, analytics::count_between(first, running));
    check_plan(plan, {"publish_events"});
    CHECK(plan.find("publish_events_uncounted") != std::string::npos);
  });
}

}  // namespace pulse::persistence
