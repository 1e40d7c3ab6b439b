// The standing of many members, confirmed by one query.
#include <poll.h>

#include <catch2/catch.hpp>

#include "persistence/people/members.hpp"
#include "persistence/people/standing_confirmer.hpp"
#include "persistence/postgres/database.hpp"
#include "tests/support/migrated_database.hpp"

using namespace pulse;
using namespace pulse::persistence;

namespace {

const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};

/// Two companies with a member each.
struct companies {
  std::string url = tests::migrated_database();
  database on{{.url = url, .connections = 1, .as = role::login}};
  standing_claim first = found("first");
  standing_claim second = found("second");
  std::unique_ptr<standing_confirmer> confirmer = std::move(*standing_confirmer::connect({.url = url}));

  ~companies() { on.stop(); }

  standing_claim found(const std::string& name) {
    const auto tenant = base::uuid_from_name("company " + name);
    const auto member = base::uuid_from_name(name);
    REQUIRE(on.transact_now(tenant, [&](transaction& tx) {
                members::insert_company(tx, {tenant, name, now}, {"trial", members::subscription_status::trial, {}});
                members::insert(tx, {member, name + "@example.org", "A", domain::role::member, now}, "hash");
              }).has_value());
    static constexpr statement read{"test_version_of", "SELECT version FROM standing_versions WHERE member_id = $1"};
    const auto version = on.query_now(tenant, read, member);
    return {tenant, member, version->get<std::int64_t>(0, 0)};
  }
  std::vector<bool> ask(const std::vector<standing_claim>& claims) {
    REQUIRE(confirmer->ask(claims));
    std::vector<bool> holds;
    for (;;) {
      const auto came = confirmer->receive(holds);
      REQUIRE(came != standing_confirmer::progress::broken);
      if (came == standing_confirmer::progress::answered) return holds;
      pollfd socket{confirmer->socket(), POLLIN, 0};
      ::poll(&socket, 1, -1);
    }
  }
};

}  // namespace

TEST_CASE_METHOD(companies, "each claim of a question is answered for itself, whatever its company") {
  auto old = first;
  --old.version;
  auto crossed = first;
  crossed.tenant_id = second.tenant_id;
  auto unknown = first;
  unknown.member_id = base::uuid_from_name("nobody");
  CHECK(ask({first, old, second, crossed, unknown, first}) == std::vector{true, false, true, false, false, true});
  CHECK(ask({old}) == std::vector{false});
  CHECK(ask({}).empty());
}

TEST_CASE_METHOD(companies, "as many as may be asked at once are answered, in their order") {
  std::vector<standing_claim> claims;
  std::vector<bool> expected;
  for (std::size_t i = 0; i < standing_confirmer::claims_max; ++i) {
    claims.push_back(i % 2 == 0 ? first : second);
    if (i % 3 == 0) ++claims.back().version;
    expected.push_back(i % 3 != 0);
  }
  CHECK(ask(claims) == expected);
}

TEST_CASE_METHOD(companies, "nobody of a suspended company is confirmed, and everybody again afterwards") {
  REQUIRE(on.query_now(first.tenant_id,
                       {"test_suspend_first",
                        "UPDATE tenants SET suspended_at = now(), suspended_because = 'x' WHERE name = 'first'"})
              .has_value());
  CHECK(ask({first, second}) == std::vector{false, true});
  REQUIRE(on.query_now(first.tenant_id,
                       {"test_resume_first",
                        "UPDATE tenants SET suspended_at = NULL, suspended_because = '' WHERE name = 'first'"})
              .has_value());
  CHECK(ask({first, second}) == std::vector{true, true});
}

TEST_CASE_METHOD(companies, "a connection that the server has ended is recognized as dead, and says so") {
  CHECK(confirmer->is_alive());
  static constexpr statement cut{"test_cut_confirmer",
                                 "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                 "WHERE application_name LIKE '%confirming%' AND datname = current_database()"};
  REQUIRE(on.query_now(std::nullopt, cut)->size() == 1);
  std::vector<bool> holds;
  pollfd socket{confirmer->socket(), POLLIN, 0};
  ::poll(&socket, 1, -1);
  CHECK_FALSE(confirmer->is_alive());
}
