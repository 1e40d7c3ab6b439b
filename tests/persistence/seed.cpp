#include "persistence/seed.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "persistence/people/members.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

constexpr statement count_all{"test_count_all", R"sql(
  SELECT (SELECT count(*) FROM tenants) + (SELECT count(*) FROM members) + (SELECT count(*) FROM projects)
       + (SELECT count(*) FROM channels) + (SELECT count(*) FROM posts) + (SELECT count(*) FROM deliveries)
       + (SELECT count(*) FROM publish_events) + (SELECT count(*) FROM accounts))sql"};
constexpr statement count_states{"test_count_states",
                                 "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FROM deliveries"};

constexpr password_hasher::options quick{.threads = 1, .queue_limit = 4, .memory_kib = 64, .passes = 1, .lanes = 1};

std::int64_t rows_in(const std::string& url) {
  database owner{{.url = url, .connections = 1, .as = role::login}};
  return owner.query_now(std::nullopt, count_all)->get<std::int64_t>(0, 0);
}

}  // namespace

TEST_CASE("the demo company can sign in, has two channels, and nothing that pretends to be published") {
  tests::publishing_store store;
  const password_hasher hasher{quick};
  const base::manual_clock clock{tests::noon()};
  REQUIRE(seed_demo(store.requests(), hasher, tests::test_box(), clock));
  const auto logins =
      store.requests().query_now(std::nullopt, members::find_logins, demo_email, std::optional<base::uuid>{}, "");
  REQUIRE(logins->size() == 1);
  const auto login = logins->as<members::login>(0);
  CHECK(*hasher.verify_now(base::secret{std::string{demo_password}}, login.password_hash));
  CHECK(login.is_verified);
  const auto states = store.requests().query_now(login.tenant_id, count_states);
  CHECK(states->get<std::int64_t>(0, 0) == 4);
  CHECK(states->get<std::int64_t>(0, 1) == 4);
}

TEST_CASE("seeding twice changes nothing, also at the same moment") {
  tests::publishing_store store;
  const password_hasher hasher{quick};
  const base::manual_clock clock{tests::noon()};
  const auto seed = [&] { return seed_demo(store.requests(), hasher, tests::test_box(), clock).has_value(); };
  auto other = std::async(std::launch::async, seed);
  CHECK(seed());
  CHECK(other.get());
  const auto rows = rows_in(store.url());
  CHECK(seed());
  CHECK(rows_in(store.url()) == rows);
  CHECK(store.requests()
            .query_now(std::nullopt, members::find_logins, demo_email, std::optional<base::uuid>{}, "")
            ->size() == 1);
}

TEST_CASE("a demo company is counted while somebody can sign in to it, and can be closed") {
  tests::publishing_store store;
  store.add_company("Control Center Demo");  // a name that anybody may choose
  CHECK(*count_open_demos(store.engine(), store.requests()) == 0);
  const password_hasher hasher{quick};
  const base::manual_clock clock{tests::noon()};
  REQUIRE(seed_demo(store.requests(), hasher, tests::test_box(), clock));
  CHECK(*count_open_demos(store.engine(), store.requests()) == 1);
  CHECK(*close_demos(store.engine(), store.requests()) == 1);
  CHECK(*count_open_demos(store.engine(), store.requests()) == 0);
  CHECK(*close_demos(store.engine(), store.requests()) == 0);
}

}  // namespace pulse::persistence
