#include "persistence/seed.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "persistence/analytics/events.hpp"
#include "persistence/people/members.hpp"
#include "persistence/publishing/measurements.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

constexpr statement count_all{"test_count_all", R"sql(
  SELECT (SELECT count(*) FROM tenants) + (SELECT count(*) FROM members) + (SELECT count(*) FROM projects)
       + (SELECT count(*) FROM channels) + (SELECT count(*) FROM posts) + (SELECT count(*) FROM deliveries)
       + (SELECT count(*) FROM publish_events) + (SELECT count(*) FROM accounts) + (SELECT count(*) FROM publication_metrics))sql"};
constexpr statement count_states{"test_count_states", R"sql(
  SELECT state, count(*) AS count FROM (
    SELECT CASE WHEN d.asked_at IS NOT NULL THEN 'asked' WHEN d.due_at IS NULL THEN 'draft' ELSE d.state END AS state FROM deliveries d) s
  GROUP BY state ORDER BY state)sql"};
constexpr statement list_odd{"test_odd_deliveries", R"sql(
  SELECT count(*) FROM deliveries d WHERE d.state = 'waiting' AND d.asked_at IS NULL AND d.due_at <= $1)sql"};
// Such as "Scheduled on the channel".
constexpr statement count_nameless{"test_count_nameless", R"sql(
  SELECT count(*) FROM publish_events WHERE channel_id IS NOT NULL AND coalesce(metadata_json ->> 'channel_name', '') = '')sql"};
constexpr statement count_pages{"test_count_pages", "SELECT count(*) FROM website_publications"};
constexpr statement count_figures{"test_count_figures", "SELECT count(*) FROM publication_metrics WHERE likes > 0"};
constexpr statement count_stray_figures{"test_stray_figures", R"sql(
  SELECT count(*) FROM publication_measurements m
  WHERE m.likes IS DISTINCT FROM (SELECT h.likes FROM publication_metrics h WHERE h.tenant_id = m.tenant_id AND h.delivery_id = m.delivery_id
                                  ORDER BY h.at DESC LIMIT 1))sql"};

struct state_count {
  std::string state;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(state_count, (), (state, count))

constexpr password_hasher::options quick{.threads = 1, .queue_limit = 4, .memory_kib = 64, .passes = 1, .lanes = 1};

std::int64_t rows_in(const std::string& url) {
  database owner{{.url = url, .connections = 1, .as = role::login}};
  return owner.query_now(std::nullopt, count_all)->get<std::int64_t>(0, 0);
}

/// A database to seed, and the seed.
struct seeded {
  tests::publishing_store store;
  password_hasher hasher{quick};
  base::manual_clock clock{tests::noon()};

  base::result<std::string, std::string> seed() {
    return seed_demo({store.requests(), store.engine(), "http://pulse.test"}, hasher, tests::test_box(), clock);
  }
  members::login login() {
    const auto found = store.requests().transact_now(std::nullopt, [](transaction& tx) {
      return members::find_logins(std::string{demo_email}, std::nullopt).all(tx);
    });
    REQUIRE(found->size() == 1);
    return found->front();
  }
  base::uuid tenant() { return login().tenant_id; }
  std::int64_t number(const statement& of) {
    database owner{{.url = store.url(), .connections = 1, .as = role::login}};
    return owner.query_now(std::nullopt, of)->get<std::int64_t>(0, 0);
  }
};

}  // namespace

TEST_CASE("the demo company can sign in and has posts in every state") {
  seeded on;
  REQUIRE(on.seed());
  const auto login = on.login();
  std::promise<bool> fits;
  on.hasher.verify_each(base::secret{std::string{demo_password}}, {login.password_hash}, "here",
                        [&fits](const auto& each) { fits.set_value(each && each->front()); });
  CHECK(fits.get_future().get());
  CHECK(login.is_verified);
  const auto counts = on.store.requests().query_now(login.tenant_id, count_states);
  std::vector<std::string> states;
  for (std::size_t i = 0; i < counts->size(); ++i) {
    const auto row = counts->as<state_count>(i);
    states.push_back(row.state);
    if (row.state == "published" || row.state == "waiting") CHECK(row.count > 30);
  }
  CHECK(states == std::vector<std::string>{"asked", "cancelled", "draft", "failed", "missed", "published",
                                           "unconfirmed", "waiting"});
  CHECK(on.store.requests().query_now(login.tenant_id, list_odd, tests::noon())->get<std::int64_t>(0, 0) == 0);
  CHECK(on.number(count_pages) > 30);
  CHECK(on.number(count_nameless) == 0);
}

TEST_CASE("the demo's history is counted as any other") {
  seeded on;
  REQUIRE(on.seed());
  const auto counted =
      on.store.as_engine([&](transaction& tx) { return analytics::count_next(tx, tests::noon(), 100'000); });
  CHECK(counted.events > 100);
}

TEST_CASE("the demo's posts have figures, and no platform is asked about posts that it never had") {
  seeded on;
  REQUIRE(on.seed());
  const auto look = [&] {
    return on.store.as_engine([&](transaction& tx) {
      analytics::count_next(tx, tests::noon(), 100'000);
      return measurements::take_due(tx, tests::noon(), tests::noon() + std::chrono::minutes{1}, 100);
    });
  };
  CHECK(look().empty());
  CHECK(on.number(count_figures) > 100);
  CHECK(on.number(count_stray_figures) == 0);
}

TEST_CASE("seeding twice changes nothing, also at the same moment") {
  seeded on;
  auto other = std::async(std::launch::async, [&] { return on.seed().has_value(); });
  CHECK(on.seed());
  CHECK(other.get());
  const auto rows = rows_in(on.store.url());
  CHECK(on.seed());
  CHECK(rows_in(on.store.url()) == rows);
  on.tenant();
}

TEST_CASE("the demo is removed with all that it has, and nobody else is") {
  seeded on;
  const auto acme = on.store.add_company();
  on.store.add_post(acme, tests::noon());
  const auto before = rows_in(on.store.url());
  REQUIRE(on.seed());
  REQUIRE(
      on.store.as_engine([&](transaction& tx) { return analytics::count_next(tx, tests::noon(), 100'000); }).events >
      0);
  CHECK(*remove_demo(on.store.engine()) == "The demo company is removed, with all that it had.");
  CHECK(rows_in(on.store.url()) == before);
  CHECK(*remove_demo(on.store.engine()) == "There is no demo company.");
  CHECK((*on.seed()).starts_with("The demo company is ready"));
}

TEST_CASE("a demo company is counted while somebody can sign in to it, and can be closed") {  // asvs: 6.3.2
  seeded on;
  on.store.add_company("Control Center Demo");  // a name that anybody may choose
  CHECK(*count_open_demos(on.store.engine(), on.store.requests()) == 0);
  REQUIRE(on.seed());
  CHECK(*count_open_demos(on.store.engine(), on.store.requests()) == 1);
  CHECK(*close_demos(on.store.engine(), on.store.requests()) == 1);
  CHECK(*count_open_demos(on.store.engine(), on.store.requests()) == 0);
  CHECK(*close_demos(on.store.engine(), on.store.requests()) == 0);
}

TEST_CASE("the engine cannot remove a company that is not a demo") {  // asvs: 13.2.2
  seeded on;
  const auto acme = on.store.add_company();
  const auto done =
      on.store.engine().query_now(std::nullopt, statement{"test_remove", "DELETE FROM tenants WHERE id = $1"}, acme.id);
  REQUIRE(done);
  CHECK(done->affected() == 0);
}

}  // namespace pulse::persistence
