// A project's calendar is read by the requested time, however many posts there are.
#include <catch2/catch.hpp>

#include "persistence/calendar/entries.hpp"
#include "tests/support/plan_of.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::noon;
using tests::publishing_store;

}  // namespace

TEST_CASE("the posts of a week are found by index among the posts of years") {
  static constexpr statement fill_posts{"test_fill_calendar", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)
    SELECT $1, md5(($2::uuid)::text || n)::uuid, $2, $3, 'Text', $4::timestamptz - n * interval '1 hour', $4, $4 FROM generate_series(1, 20000) n)sql"};
  static constexpr statement generic{"test_generic_calendar",
                                     "SELECT set_config('plan_cache_mode', 'force_generic_plan', true)"};
  publishing_store store;
  const auto acme = store.add_company();
  store.as(acme, [&](transaction& tx) {
    const auto other = base::new_uuid(noon());
    projects::insert(tx, {other, "Other", "", "UTC", noon(), noon()});
    for (const auto& project : {acme.project_id, other}) {
      tx.execute(fill_posts, acme.id, project, acme.owner_id, noon());
    }
  });
  database as_owner{{.url = store.url(), .connections = 1, .as = role::login}};
  REQUIRE(as_owner.query_now(std::nullopt, statement{"test_analyze_calendar", "ANALYZE posts, deliveries"}));
  for (const bool is_generic : {false, true}) {
    store.as(acme, [&](transaction& tx) {
      if (is_generic) tx.execute(generic);
      const auto week = calendar::list_posts(acme.project_id, noon() - 24h * 7, noon(), 5'000);
      const auto text = tests::plan_of(tx, week);
      INFO(text);
      CHECK(text.find("posts_by_schedule") != std::string::npos);
      CHECK(text.find("Seq Scan on posts") == std::string::npos);
      CHECK(week.all(tx).size() == 168);
    });
  }
}

}  // namespace pulse::persistence
