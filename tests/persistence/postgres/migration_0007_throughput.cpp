// A used database has the same attempts before and after persistence/migrations/0007_throughput.sql.
#include <chrono>

#include <catch2/catch.hpp>

#include "persistence/postgres/connection.hpp"
#include "persistence/postgres/database.hpp"
#include "persistence/postgres/migrator.hpp"
#include "tests/support/catch_result.hpp"
#include "tests/support/private_servers.hpp"

namespace pulse::persistence {
namespace {

using namespace std::chrono_literals;

// Written as the program wrote them then: `record` filled an attempt's end in, each time anew, with the time of its
// event. A delivery is named by the last figure of its id: 1 runs its second attempt, 2 was published at once, 3 was
// unknown and then found to be live, 4 failed with its third attempt and a person sent it again at that very moment, 5
// is unknown, 6 waits for its first attempt, 7 for its second. The other company's delivery has the id of the first and
// is published.
constexpr std::string_view old_rows = R"sql(
  INSERT INTO tenants (id, name, created_at)
  SELECT ('00000000-0000-7000-8000-0000000000a' || n)::uuid, 'Company ' || n, '2026-11-22T11:00:00Z' FROM generate_series(1, 2) n;
  INSERT INTO members (tenant_id, id, email, display_name, password_hash, role, created_at)
  SELECT id, id, 'owner@' || id || '.test', 'Owner', 'not a hash', 'owner', created_at FROM tenants;
  INSERT INTO projects (tenant_id, id, name, time_zone, created_at, updated_at)
  SELECT id, id, 'Project', 'UTC', created_at, created_at FROM tenants;
  INSERT INTO channels (tenant_id, id, project_id, type, name, created_at, updated_at)
  SELECT id, id, id, 'website', 'Website', created_at, created_at FROM tenants;

  CREATE TEMPORARY TABLE old (company integer, delivery integer, state text, attempt integer, fence bigint, deadline_at timestamptz,
    finished_at timestamptz);
  INSERT INTO old VALUES
    (1, 1, 'sending', 2, 4, '2026-11-22T12:01:20Z', NULL),
    (1, 2, 'published', 1, 3, '2026-11-22T12:00:20Z', '2026-11-22T12:00:01Z'),
    (1, 3, 'published', 1, 3, '2026-11-22T12:00:20Z', '2026-11-22T12:05:00Z'),
    (1, 4, 'waiting', 3, 4, '2026-11-22T12:02:20Z', NULL),
    (1, 5, 'unknown', 1, 3, '2026-11-22T12:00:20Z', NULL),
    (1, 6, 'waiting', 0, 0, NULL, NULL),
    (1, 7, 'waiting', 1, 3, '2026-11-22T12:00:20Z', NULL),
    (2, 1, 'published', 2, 8, '2026-11-22T12:01:20Z', '2026-11-22T12:01:30Z');
  INSERT INTO posts (tenant_id, id, project_id, author_id, text, created_at, updated_at)
  SELECT t.id, ('00000000-0000-7000-8000-00000000010' || o.delivery)::uuid, t.id, t.id, 'Text', t.created_at, t.created_at
  FROM old o JOIN tenants t ON t.name = 'Company ' || o.company;
  INSERT INTO deliveries (tenant_id, id, post_id, channel_id, project_id, state, due_at, not_before, attempt, fence, deadline_at,
    external_id, finished_at, created_at, updated_at)
  SELECT t.id, ('00000000-0000-7000-8000-00000000020' || o.delivery)::uuid,
         ('00000000-0000-7000-8000-00000000010' || o.delivery)::uuid, t.id, t.id, o.state, '2026-11-22T12:00:00Z',
         '2026-11-22T12:00:00Z', o.attempt, o.fence, o.deadline_at, CASE WHEN o.state = 'published' THEN 'external' END, o.finished_at,
         t.created_at, t.created_at
  FROM old o JOIN tenants t ON t.name = 'Company ' || o.company;

  INSERT INTO delivery_attempts (tenant_id, delivery_id, number, fence, started_at, deadline_at, handles, outcome, finished_at, trace)
  SELECT t.id, ('00000000-0000-7000-8000-00000000020' || a.delivery)::uuid, a.number, a.fence, a.started_at,
         a.started_at + interval '20 seconds', a.handles::jsonb, a.outcome, a.finished_at, a.trace::jsonb
  FROM (VALUES
    (1, 1, 1, 3, '2026-11-22T12:00:00Z'::timestamptz, '{"container": "1"}', 'transient', '2026-11-22T12:00:05Z'::timestamptz, '{}'),
    (1, 1, 2, 4, '2026-11-22T12:01:00Z', '{"container": "1", "upload": "2"}', NULL, NULL, '{"throttled_until": "x"}'),
    (1, 2, 1, 3, '2026-11-22T12:00:00Z', '{}', 'published', '2026-11-22T12:00:01Z', '{"throttled_until": "y"}'),
    (1, 3, 1, 3, '2026-11-22T12:00:00Z', '{"container": "3"}', 'unknown', '2026-11-22T12:05:00Z', '{}'),
    (1, 4, 1, 3, '2026-11-22T12:00:00Z', '{}', 'rate_limited', '2026-11-22T12:00:02Z', '{}'),
    (1, 4, 2, 3, '2026-11-22T12:01:00Z', '{}', 'transient', '2026-11-22T12:01:02Z', '{}'),
    (1, 4, 3, 4, '2026-11-22T12:02:00Z', '{}', 'transient', '2026-11-22T12:02:02Z', '{"throttled_until": "z"}'),
    (1, 5, 1, 3, '2026-11-22T12:00:00Z', '{}', 'unknown', '2026-11-22T12:00:20Z', '{}'),
    (1, 7, 1, 3, '2026-11-22T12:00:00Z', '{"container": "7"}', 'transient', '2026-11-22T12:00:03Z', '{}'),
    (2, 1, 1, 7, '2026-11-22T12:00:00Z', '{}', 'transient', '2026-11-22T12:00:05Z', '{}'),
    (2, 1, 2, 8, '2026-11-22T12:01:10Z', '{"container": "8"}', 'published', '2026-11-22T12:01:30Z', '{}')
  ) a (company, delivery, number, fence, started_at, handles, outcome, finished_at, trace)
  JOIN tenants t ON t.name = 'Company ' || a.company;

  INSERT INTO publish_events (tenant_id, project_id, post_id, delivery_id, channel_id, type, message, created_at)
  SELECT t.id, t.id, ('00000000-0000-7000-8000-00000000010' || e.delivery)::uuid,
         ('00000000-0000-7000-8000-00000000020' || e.delivery)::uuid, t.id, e.type, 'It happened.', e.at
  FROM (VALUES
    (1, 1, 'DeliveryThrottled', '2026-11-22T12:00:04Z'::timestamptz),
    (1, 1, 'PublishRetryScheduled', '2026-11-22T12:00:05Z'),
    (1, 2, 'PublishSucceeded', '2026-11-22T12:00:01Z'),
    (1, 3, 'PublishOutcomeUnknown', '2026-11-22T12:00:20Z'),
    (1, 3, 'PublishSucceeded', '2026-11-22T12:05:00Z'),
    (1, 4, 'PublishRetryScheduled', '2026-11-22T12:00:02Z'),
    (1, 4, 'PublishRetryScheduled', '2026-11-22T12:01:02Z'),
    (1, 4, 'PublishFailed', '2026-11-22T12:02:02Z'),
    (1, 4, 'PublishRequested', '2026-11-22T12:02:02Z'),
    (1, 5, 'PublishOutcomeUnknown', '2026-11-22T12:00:20Z'),
    (1, 7, 'PublishRetryScheduled', '2026-11-22T12:00:03Z'),
    (2, 1, 'PublishRetryScheduled', '2026-11-22T12:00:05Z'),
    (2, 1, 'PublishSucceeded', '2026-11-22T12:01:30Z')
  ) e (company, delivery, type, at)
  JOIN tenants t ON t.name = 'Company ' || e.company
  ORDER BY e.at, e.type = 'PublishRequested';)sql";

/// A row that a person can compare: companies and deliveries by the last figure of their ids, times without the day.
using lines = std::vector<std::string>;

constexpr statement tell_attempts{"test_attempts", R"sql(
  SELECT format('company %s, delivery %s, attempt %s under fence %s: %s until %s, %s at %s, trace %s', right(tenant_id::text, 1),
           right(delivery_id::text, 1), number, fence, started_at, deadline_at, outcome, finished_at, trace)
  FROM delivery_attempts ORDER BY tenant_id, delivery_id, number)sql"};

constexpr statement tell_running{"test_running", R"sql(
  SELECT format('company %s, delivery %s: %s since %s with %s and trace %s', right(tenant_id::text, 1), right(id::text, 1), state,
           to_char(started_at AT TIME ZONE 'UTC', 'HH24:MI:SS'), coalesce(handles::text, 'nothing'), coalesce(trace::text, 'none'))
  FROM deliveries ORDER BY tenant_id, id)sql"};

constexpr statement tell_ended{"test_ended", R"sql(
  SELECT format('company %s, delivery %s: %s is of attempt %s', right(tenant_id::text, 1), right(delivery_id::text, 1), type, attempt)
  FROM publish_events ORDER BY tenant_id, delivery_id, id)sql"};

constexpr statement tell_strangers{"test_strangers", R"sql(
  SELECT format('delivery %s, attempt %s of post %s', right(a.delivery_id::text, 1), a.number, right(a.post_id::text, 1))
  FROM delivery_attempts a JOIN deliveries d ON d.tenant_id = a.tenant_id AND d.id = a.delivery_id
  WHERE a.post_id IS DISTINCT FROM d.post_id)sql"};

/// A database with the rows above, as the program before 0007 left them, and then brought up to date.
class old_database {
 public:
  old_database() {
    REQUIRE(migrate(url_, clock_, embedded_migrations().first(6)));
    connection{{url_, role::login, "test", 5000ms, 0ms}}.run_script(old_rows, "old rows");
  }

  void apply_0007() {
    const auto report = migrate(url_, clock_, embedded_migrations().first(7));
    INFO((report.has_error() ? report.error().detail : ""));
    REQUIRE(report);
    REQUIRE(report->applied == lines{"0007_throughput"});
  }

  lines tell(const statement& what) const {
    database::options how;
    how.url = url_;
    how.as = role::login;
    database store{how};
    const auto rows = store.query_now(std::nullopt, what);
    if (rows.has_error()) FAIL(rows.error().detail);
    lines told;
    for (std::size_t row = 0; row < rows->size(); ++row) told.push_back(rows->get<std::string>(row, 0));
    return told;
  }

 private:
  base::manual_clock clock_{*base::parse_timestamp("2026-11-22T13:00:00Z")};
  std::string url_ = tests::shared_servers().new_database();
};

}  // namespace

TEST_CASE("0007: the same attempts are told as before, each with the post that it is of") {
  old_database old;
  const auto before = old.tell(tell_attempts);
  REQUIRE(before.size() == 11);
  old.apply_0007();
  const auto after = old.tell(tell_attempts);
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(after[i] == before[i]);
  CHECK(old.tell(tell_strangers).empty());
}

TEST_CASE("0007: a delivery carries the attempt that it began last, with its handles") {
  old_database old;
  old.apply_0007();
  CHECK(old.tell(tell_running) ==
        lines{R"(company 1, delivery 1: sending since 12:01:00 with {"upload": "2", "container": "1"} and trace )"
              R"({"throttled_until": "x"})",
              R"(company 1, delivery 2: published since 12:00:00 with nothing and trace {"throttled_until": "y"})",
              R"(company 1, delivery 3: published since 12:00:00 with {"container": "3"} and trace none)",
              R"(company 1, delivery 4: waiting since 12:02:00 with nothing and trace {"throttled_until": "z"})",
              "company 1, delivery 5: unknown since 12:00:00 with nothing and trace none",
              "company 1, delivery 6: waiting since  with nothing and trace none",
              R"(company 1, delivery 7: waiting since 12:00:00 with {"container": "7"} and trace none)",
              R"(company 2, delivery 1: published since 12:01:10 with {"container": "8"} and trace none)"});
}

TEST_CASE("0007: an attempt that has ended stays in the event of its last outcome, and in no other") {
  old_database old;
  old.apply_0007();
  CHECK(old.tell(tell_ended) == lines{"company 1, delivery 1: DeliveryThrottled is of attempt ",
                                      "company 1, delivery 1: PublishRetryScheduled is of attempt 1",
                                      "company 1, delivery 2: PublishSucceeded is of attempt 1",
                                      "company 1, delivery 3: PublishOutcomeUnknown is of attempt ",
                                      "company 1, delivery 3: PublishSucceeded is of attempt 1",
                                      "company 1, delivery 4: PublishRetryScheduled is of attempt 1",
                                      "company 1, delivery 4: PublishRetryScheduled is of attempt 2",
                                      "company 1, delivery 4: PublishFailed is of attempt 3",
                                      "company 1, delivery 4: PublishRequested is of attempt ",
                                      "company 1, delivery 5: PublishOutcomeUnknown is of attempt 1",
                                      "company 1, delivery 7: PublishRetryScheduled is of attempt 1",
                                      "company 2, delivery 1: PublishRetryScheduled is of attempt 1",
                                      "company 2, delivery 1: PublishSucceeded is of attempt 2"});
}

}  // namespace pulse::persistence
