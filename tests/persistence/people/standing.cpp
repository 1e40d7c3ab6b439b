// Changes of members' rights are announced to every process, whichever process makes them.
#include "persistence/people/standing.hpp"

#include <condition_variable>
#include <mutex>
#include <set>

#include <catch2/catch.hpp>

#include "persistence/engine/wake_ups.hpp"
#include "persistence/people/members.hpp"
#include "persistence/people/sessions.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;
using namespace std::chrono_literals;

TEST_CASE(
    "whoever listens hears of a role, a deactivation, a suspension and the end of a session, and the row says so") {
  const auto url = tests::migrated_database();
  const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
  const auto tenant = base::uuid_from_name("tenant");
  const auto member = base::uuid_from_name("member");
  const auto session = base::uuid_from_name("session");
  database on({.url = url, .connections = 1});
  REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
              members::insert_company(tx, {tenant, "Acme", now}, {"trial", members::subscription_status::trial, {}});
              members::insert(tx, {member, "a@example.org", "A", domain::role::admin, now}, "hash");
              sessions::open(tx, {session, member, now, now + 1h, now + 2h, {"n", "a", "d"}});
            }).has_value());
  const auto standing_of = [&] {
    auto found = **on.transact_now(tenant, [&](transaction& tx) { return find_standing(member, session).first(tx); });
    found.version = 0;
    return found;
  };
  CHECK(standing_of() == standing{domain::role::admin, true, false, false, true});

  std::mutex mutex;
  std::condition_variable changed;
  std::set<base::uuid> heard;
  bool listens = false;
  wake_up_listener listener{url,
                            standing_channel,
                            [&](const base::uuid& id) {
                              const std::lock_guard lock{mutex};
                              heard.insert(id);
                              changed.notify_all();
                            },
                            [&] {
                              const std::lock_guard lock{mutex};
                              listens = true;
                              changed.notify_all();
                            },
                            {}};
  const auto wait_for = [&](auto condition) {
    std::unique_lock lock{mutex};
    const bool came = changed.wait_for(lock, 20s, condition);
    heard.clear();
    return came;
  };
  REQUIRE(wait_for([&] { return listens; }));
  static constexpr statement demote{"test_demote", "UPDATE members SET role = 'analyst'"};
  static constexpr statement deactivate{"test_deactivate_all", "UPDATE members SET is_active = false"};
  static constexpr statement suspend{"test_suspend",
                                     "UPDATE tenants SET suspended_at = now() WHERE id = pulse_tenant()"};
  REQUIRE(on.query_now(tenant, demote).has_value());
  CHECK(wait_for([&] { return heard.contains(member); }));
  REQUIRE(on.query_now(tenant, deactivate).has_value());
  CHECK(wait_for([&] { return heard.contains(member); }));
  REQUIRE(on.query_now(tenant, suspend).has_value());
  CHECK(wait_for([&] { return heard.contains(tenant); }));
  REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
              sessions::end(tx, session, sessions::ending::logout, now);
            }).has_value());
  CHECK(wait_for([&] { return heard.contains(session); }));
  CHECK(standing_of() == standing{domain::role::analyst, false, true, false, false});
}

TEST_CASE("a member has a limit of live sessions, and those that are long over are forgotten") {  // asvs: 7.1.2
  const auto url = tests::migrated_database();
  const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
  const auto tenant = base::uuid_from_name("tenant");
  const auto member = base::uuid_from_name("member");
  database on({.url = url, .connections = 1});
  REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
              members::insert_company(tx, {tenant, "Acme", now}, {"trial", members::subscription_status::trial, {}});
              members::insert(tx, {member, "a@example.org", "A", domain::role::admin, now}, "hash");
            }).has_value());
  const auto open = [&](int number, base::timestamp at) {
    const auto id = base::uuid_from_name("session " + std::to_string(number));
    REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
                sessions::open(tx, {id, member, at, at + 1h, at + 2h, {"n", "a", "d"}});
              }).has_value());
  };
  for (int i = 0; i < sessions::live_max + 3; ++i) open(i, now + std::chrono::seconds{i});
  static constexpr statement count{"test_count_sessions",
                                   "SELECT count(*) FILTER (WHERE ended_at IS NULL), count(*) FROM sessions"};
  auto counted = on.query_now(tenant, count);
  CHECK(counted->get<std::int64_t>(0, 0) == sessions::live_max);
  CHECK(counted->get<std::int64_t>(0, 1) == sessions::live_max + 3);
  open(1000, now + sessions::kept_when_over + 24h);
  counted = on.query_now(tenant, count);
  CHECK(counted->get<std::int64_t>(0, 1) == 1);
}
