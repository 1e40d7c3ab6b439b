// The version of a member's standing: it changes with every change of their rights, and only then.
#include <deque>
#include <thread>

#include <catch2/catch.hpp>

#include "persistence/people/members.hpp"
#include "persistence/people/sessions.hpp"
#include "persistence/people/standing.hpp"
#include "persistence/postgres/database.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;
using namespace std::chrono_literals;

namespace {

const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

/// A company with two members, `one` and `other`, who have two sessions and a token each, and a project with a channel.
struct company {
  std::string url = tests::migrated_database();
  database on{{.url = url, .connections = 2, .as = role::login}};
  base::uuid tenant = base::uuid_from_name("tenant");
  base::uuid one = base::uuid_from_name("one");
  base::uuid other = base::uuid_from_name("other");

  company() {
    REQUIRE(
        on.transact_now(tenant, [&](transaction& tx) {
            members::insert_company(tx, {tenant, "Acme", now}, {"trial", members::subscription_status::trial, {}});
            for (const auto* name : {"one", "other"}) {
              const auto id = base::uuid_from_name(name);
              members::insert(tx, {id, std::string{name} + "@example.org", "A", domain::role::member, now}, "hash");
              for (const auto* which : {" 1", " 2"})
                sessions::open(
                    tx,
                    {base::uuid_from_name(name + std::string{which}), id, now, now + 1h, now + 2h, {"n", "a", "d"}});
            }
          }).has_value());
    run(R"sql(INSERT INTO api_tokens (tenant_id, id, member_id, name, token_hash, ends_with, scopes, expires_at, created_at)
              SELECT tenant_id, id, id, 't', id::text::bytea, 't', '{}', '2027-01-01', '2026-11-22' FROM members)sql");
    run(R"sql(INSERT INTO projects (tenant_id, id, name, description, time_zone, created_at, updated_at)
              SELECT id, id, 'P', '', 'UTC', created_at, created_at FROM tenants)sql");
  }
  ~company() { on.stop(); }

  void run(std::string_view sql) {
    const auto done = on.query_now(tenant, {names.emplace_back("test " + std::to_string(names.size())), sql});
    INFO(sql << ": " << (done.has_error() ? done.error().detail : ""));
    REQUIRE(done.has_value());
  }
  std::int64_t version_of(const base::uuid& member) {
    static constexpr statement read{"test_version", "SELECT version FROM standing_versions WHERE member_id = $1"};
    const auto found = on.query_now(tenant, read, member);
    return found->empty() ? -1 : found->get<std::int64_t>(0, 0);
  }
  bool stands_as(std::int64_t version) {
    const auto asked = guard_standing(tenant, one, version);
    const auto done = on.query_now(tenant, asked.what, asked.values);
    if (done.has_error()) CHECK(done.error().constraint == standing_constraint);
    return done.has_value();
  }
  void end_session(transaction& tx, const std::string& name) {
    sessions::end(tx, base::uuid_from_name(name), sessions::ending::logout, now);
  }

 private:
  std::deque<std::string> names;
};

}  // namespace

TEST_CASE_METHOD(company, "every change of a member's rights changes their version, and nobody else's") {
  run("UPDATE members SET is_limited = true");
  for (const auto* sql : {
           "UPDATE members SET role = 'analyst' WHERE email LIKE 'one%'",
           "UPDATE members SET is_active = false WHERE email LIKE 'one%'",
           "UPDATE members SET is_active = true WHERE email LIKE 'one%'",
           "UPDATE members SET is_platform_admin = true WHERE email LIKE 'one%'",
           "UPDATE members SET is_limited = false WHERE email LIKE 'one%'",
           "UPDATE sessions SET ended_at = now(), ended_because = 'logout' WHERE member_id IN (SELECT id FROM members "
           "WHERE email LIKE "
           "'one%') AND id IN (SELECT id FROM sessions ORDER BY id)",
           "UPDATE sessions SET ended_at = NULL, ended_because = NULL WHERE ended_at IS NOT NULL",
           "DELETE FROM sessions WHERE member_id IN (SELECT id FROM members WHERE email LIKE 'one%')",
           "UPDATE api_tokens SET revoked_at = now() WHERE id IN (SELECT id FROM members WHERE email LIKE 'one%')",
           "INSERT INTO member_grants (tenant_id, member_id, project_id, channel_ids, granted_at) SELECT m.tenant_id, "
           "m.id, p.id, '{}', now() "
           "FROM members m, projects p WHERE m.email LIKE 'one%'",
           "INSERT INTO channels (tenant_id, id, project_id, type, name, created_at, updated_at) SELECT tenant_id, id, "
           "id, 'x', 'X', now(), "
           "now() FROM projects",
           "UPDATE member_grants SET channel_ids = NULL",
           "DELETE FROM projects",
       }) {
    INFO(sql);
    const auto before = version_of(one);
    const auto of_other = version_of(other);
    CHECK(stands_as(before));
    run(sql);
    CHECK(version_of(one) != before);
    CHECK_FALSE(stands_as(before));
    CHECK(version_of(other) == of_other);
  }
}

TEST_CASE_METHOD(company, "asking for a second factor changes everybody's version, and a factor that of its member") {
  run("INSERT INTO second_factors (tenant_id, member_id, secret, created_at) SELECT tenant_id, id, '', now() FROM "
      "members "
      "WHERE email LIKE 'one%'");
  auto before = version_of(one);
  auto of_other = version_of(other);
  run("UPDATE tenants SET requires_second_factor = true");
  CHECK(version_of(one) != before);
  CHECK(version_of(other) != of_other);
  CHECK_FALSE(stands_as(before));
  of_other = version_of(other);
  for (const auto* sql : {"UPDATE second_factors SET confirmed_at = now()", "DELETE FROM second_factors"}) {
    INFO(sql);
    before = version_of(one);
    run(sql);
    CHECK(version_of(one) != before);
    CHECK(version_of(other) == of_other);
  }
}

TEST_CASE_METHOD(company, "a change that does not affect a member's rights leaves their version") {
  const auto before = version_of(one);
  REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
              sessions::open(tx, {base::uuid_from_name("another"), one, now, now + 1h, now + 2h, {"n", "a", "d"}});
              sessions::rotate(tx, base::uuid_from_name("another"), now, now + 1h, {"n", "a", "d"});
            }).has_value());
  for (const auto* sql : {
           "UPDATE members SET role = role, is_active = is_active, display_name = 'B', password_hash = 'other', "
           "email_verified_at = NULL",
           "UPDATE api_tokens SET last_used_at = now()",
           "UPDATE tenants SET paused_at = now()",
           "INSERT INTO channels (tenant_id, id, project_id, type, name, created_at, updated_at) SELECT tenant_id, id, "
           "id, 'x', 'X', now(), "
           "now() FROM projects",
           "DELETE FROM projects",
       }) {
    INFO(sql);
    run(sql);
    CHECK(stands_as(before));
  }
}

TEST_CASE_METHOD(company, "members of a suspended company, and removed members, have no standing") {
  const auto before = version_of(one);
  CHECK(stands_as(before));
  CHECK_FALSE(stands_as(before + 1));
  run("UPDATE tenants SET suspended_at = now()");
  CHECK_FALSE(stands_as(before));
  run("UPDATE tenants SET suspended_at = NULL");
  CHECK(stands_as(before));
  run("DELETE FROM members WHERE email LIKE 'one%'");
  CHECK_FALSE(stands_as(before));
}

TEST_CASE_METHOD(company,
                 "a change waits for none that another transaction has made of the same member, however long") {
  const auto before = version_of(one);
  REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
              end_session(tx, "one 1");
              tx.execute({"test_wait", "SELECT 1"});
              // The other connection. It would wait until its statement's time is over.
              const auto done = on.transact_now(tenant, [&](transaction& second) { end_session(second, "one 2"); });
              CHECK(done.has_value());
              CHECK_FALSE(stands_as(before));
            }).has_value());
  const auto after = version_of(one);
  CHECK(after != before);
  CHECK(stands_as(after));
}

TEST_CASE_METHOD(company,
                 "when two transactions change the same members in different order one waits, and both succeed") {
  // Each commit takes its time between the one member and the other.
  run("CREATE TABLE test_pauses ()");
  run("CREATE FUNCTION test_pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NULL; "
      "END $$");
  run("CREATE CONSTRAINT TRIGGER pause AFTER INSERT ON test_pauses DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE "
      "FUNCTION test_pause()");
  static constexpr statement pause{"test_pause", "INSERT INTO test_pauses DEFAULT VALUES"};
  database second{{.url = url, .connections = 1, .as = role::login}};
  const auto end_both = [&](database& by, const std::string& first, const std::string& then) {
    return by.transact_now(tenant, [&](transaction& tx) {
      end_session(tx, first);
      tx.queue(pause);
      end_session(tx, then);
    });
  };
  bool is_done = false;
  std::thread beside{[&] { is_done = end_both(second, "other 2", "one 2").has_value(); }};
  CHECK(end_both(on, "one 1", "other 1").has_value());
  beside.join();
  CHECK(is_done);
  CHECK(on.count().retried + second.count().retried == 0);  // a deadlock would be one
  second.stop();
}
