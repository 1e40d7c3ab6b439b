// Posts in the order of their time, and how late a post went out.
#include "persistence/publishing/posts_by_time.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "persistence/publishing/post_lists.hpp"
#include "tests/support/plan_of.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using domain::post_state;
using posts::post;
using posts::time_order;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement force_state{"test_force_state_by_time", R"sql(
  UPDATE deliveries SET state = $2, attempt = 1, external_id = 'external', deadline_at = now(), started_at = now(),
    finished_at = CASE WHEN $2 IN ('published', 'failed', 'cancelled', 'missed') THEN now() END,
    asked_at = CASE WHEN $3::boolean THEN now() END
  WHERE id = $1)sql"};

const posts::listing newest{
    .project_id = {}, .status = {}, .before = noon() + 24h * 365, .before_id = {}, .limit = 1'000};

/// Posts of few times, so that many share one, in all states; some of them drafts.
class crowd {
 public:
  crowd() {
    const std::vector<std::string> states{"waiting",     "sending",   "published", "failed", "unknown",
                                          "unconfirmed", "cancelled", "missed",    "asking", "untouched"};
    database owner{{.url = store.url(), .connections = 1, .as = role::login}};
    auto now = noon();
    for (int round = 0; round < 120; ++round) {
      if (random.between(0, 2) > 0) now += 1s;  // some are written at the same moment
      const auto& state = states[random.between<std::size_t>(0, states.size() - 1)];
      const bool may_be_draft = state == "untouched" || state == "cancelled";
      const bool is_draft = may_be_draft && random.between(0, 2) > 0;
      const auto at = noon() + 1h * random.between(-2, 2);
      const auto id = store.add_post(
          of, is_draft ? std::optional<base::timestamp>{} : at,
          random.between(0, 1) == 0 ? std::vector{of.website_id} : std::vector{of.website_id, of.x_id}, now);
      if (state == "untouched") continue;
      const bool is_asked = state == "asking";
      REQUIRE(owner.query_now(std::nullopt, force_state, store.deliveries(of, id)[0].id,
                              is_asked ? std::string{"waiting"} : state, is_asked));
    }
  }

  /// All of them in this order, put together here.
  std::vector<post> expected(time_order order) {
    auto all = store.as(of, [](transaction& tx) { return posts::list_posts(newest).all(tx); });
    REQUIRE(all.size() == 120);
    std::sort(all.begin(), all.end(), [&](const post& a, const post& b) {
      if (a.scheduled_at.has_value() != b.scheduled_at.has_value()) return a.scheduled_at.has_value();
      if (!a.scheduled_at) return std::tie(a.created_at, a.id) > std::tie(b.created_at, b.id);
      const auto by_time = [](const post& one) { return std::pair{*one.scheduled_at, one.id}; };
      return order == time_order::soonest_first ? by_time(a) < by_time(b) : by_time(a) > by_time(b);
    });
    return all;
  }

  /// All that is sought, read in pages of `rows`.
  std::vector<base::uuid> paged(const posts::sought& by, time_order order, std::int64_t rows) {
    std::vector<base::uuid> ids;
    auto after = posts::start_of(order);
    for (;;) {
      const auto page = store.as(of, [&](transaction& tx) { return posts::list_by_time(tx, by, order, after, rows); });
      REQUIRE(static_cast<std::int64_t>(page.size()) <= rows);
      for (const auto& each : page) ids.push_back(each.id);
      if (page.empty()) return ids;
      after = posts::place_of(page.back());
    }
  }

  support::random_source random;
  publishing_store store;
  company of = store.add_company();
};

constexpr time_order both_orders[] = {time_order::soonest_first, time_order::latest_first};

/// The ids of those of `all` that `is_wanted`.
template <class Wanted>
std::vector<base::uuid> ids_of(const std::vector<post>& all, Wanted is_wanted) {
  std::vector<base::uuid> ids;
  for (const auto& each : all) {
    if (is_wanted(each)) ids.push_back(each.id);
  }
  return ids;
}

/// A company with one post in two deliveries, and what becomes of them.
struct one_post {
  publishing_store store;
  company acme = store.add_company();
  std::int64_t fence = store.own(acme);
  base::uuid id = store.add_post(acme, noon());

  /// The outcome of a delivery's first attempt.
  void ends(std::size_t which, delivery_state to, std::optional<double> lateness_ms, domain::outcome_kind outcome) {
    const auto delivery = store.deliveries(acme, id).at(which).id;
    REQUIRE(store.begin(acme, delivery, fence, noon()));
    tells(which, to, lateness_ms, outcome);
  }

  void tells(std::size_t which, delivery_state to, std::optional<double> lateness_ms, domain::outcome_kind outcome) {
    delivery_change change;
    change.tenant_id = acme.id;
    change.delivery_id = store.deliveries(acme, id).at(which).id;
    change.fence = fence;
    change.attempt = 1;
    change.to = to;
    change.outcome = outcome;
    change.not_before = change.at = noon();
    change.external_id = "external";
    domain::publish_succeeded facts;
    facts.lateness_ms = lateness_ms;
    change.event = facts;
    const std::vector<delivery_change> changes{change};
    REQUIRE(store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), changes); }).size() == 1);
  }

  std::optional<double> lateness() {
    const auto found = store.post(acme, id);
    REQUIRE(found);
    const auto listed = store.as(acme, [](transaction& tx) { return posts::list_posts(newest).all(tx); });
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].lateness_ms == found->lateness_ms);
    return found->lateness_ms;
  }
};

}  // namespace

TEST_CASE("posts by time come in pages without a gap and none twice, also those of one time and those without") {
  crowd world;
  INFO("PULSE_TEST_SEED=" << world.random.seed());
  for (const auto order : both_orders) {
    INFO(base::to_name(order));
    const auto all = world.expected(order);
    const auto any = [](const post&) { return true; };
    for (const std::int64_t rows : {1, 2, 7, 100, 1'000}) {
      INFO("pages of " << rows);
      CHECK(world.paged({}, order, rows) == ids_of(all, any));
      CHECK(world.paged({.project_id = world.of.project_id}, order, rows) == ids_of(all, any));
    }
    const auto on_x = [&](const post& each) { return each.deliveries.size() == 2; };
    CHECK(world.paged({.channel_id = world.of.x_id}, order, 7) == ids_of(all, on_x));
    CHECK(world.paged({.words = "TITL"}, order, 7) == ids_of(all, any));
    CHECK(world.paged({.words = "nowhere"}, order, 7).empty());
    CHECK(world.paged({.project_id = base::uuid_from_name("another project")}, order, 7).empty());
  }
}

TEST_CASE("a list by state and time has all posts of that state, in the order of the whole list") {
  crowd world;
  INFO("PULSE_TEST_SEED=" << world.random.seed());
  std::vector<std::vector<post_state>> sets{
      {post_state::scheduled, post_state::publishing},
      {post_state::failed, post_state::published_partial, post_state::missed},
      {post_state::draft, post_state::published},
  };
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<post_state>>(
      [&](auto entry) { sets.push_back({entry.value}); });
  for (const auto order : both_orders) {
    const auto all = world.expected(order);
    for (const auto& states : sets) {
      INFO(base::to_name(order) << ", " << base::to_name(states[0]) << " and " << states.size() - 1 << " more");
      const auto is_wanted = [&](const post& each) {
        return std::find(states.begin(), states.end(), each.status) != states.end();
      };
      CHECK(world.paged({.states = states}, order, 3) == ids_of(all, is_wanted));
      CHECK(world.paged({.states = states, .project_id = world.of.project_id}, order, 3) == ids_of(all, is_wanted));
    }
  }
}

TEST_CASE("posts by time show nothing of another company") {
  crowd world;
  const auto other = world.store.add_company("Other");
  for (const auto order : both_orders) {
    for (const auto& states : {std::vector<post_state>{}, {post_state::scheduled}, {post_state::failed}}) {
      CHECK(world.store
                .as(other,
                    [&](transaction& tx) {
                      return posts::list_by_time(tx, {.states = states}, order, posts::start_of(order), 100);
                    })
                .empty());
    }
  }
}

TEST_CASE("a page of posts by time is found by index among many, and is not sorted") {
  static constexpr statement fill_posts{"test_fill_by_time", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)
    SELECT $1, md5(($2::uuid)::text || n)::uuid, $2, $3, 'Text', CASE WHEN n % 5 > 0 THEN $4::timestamptz - n * interval '1 hour' END, $4, $4
    FROM generate_series(1, 20000) n)sql"};
  static constexpr statement generic{"test_generic_by_time",
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
  REQUIRE(as_owner.query_now(std::nullopt, statement{"test_analyze_by_time", "ANALYZE posts, deliveries"}));
  const auto looks_up = [](transaction& tx, const bound_query<post>& query, std::string_view index) {
    const auto plan = tests::plan_of(tx, query);
    INFO(plan);
    CHECK(plan.find(index) != std::string::npos);
    CHECK(plan.find("Seq Scan on posts") == std::string::npos);
    const auto beginning = plan.substr(0, plan.find(index));
    CHECK(beginning.find("Sort") == std::string::npos);
    CHECK(query.all(tx).size() == 101);
  };
  for (const bool is_generic : {false, true}) {
    for (const auto order : both_orders) {
      INFO(base::to_name(order) << (is_generic ? ", a plan for all" : ""));
      const posts::sought all;
      const posts::sought of_project{.project_id = acme.project_id};
      const page_bounds middle{noon() - 10'000h, {}, 101};
      store.as(acme, [&](transaction& tx) {
        if (is_generic) tx.execute(generic);
        looks_up(tx, posts::list_timed(all, order, middle), "posts_by_time");
        looks_up(tx, posts::list_timed(of_project, order, middle), "posts_by_schedule");
        looks_up(tx, posts::list_untimed(all, {noon() + 1h, {}, 101}), "posts_unscheduled");
      });
    }
  }
}

TEST_CASE("a post is as late as the latest of its published deliveries, and not late at all while none is out") {
  using domain::outcome_kind;
  one_post p;
  CHECK_FALSE(p.lateness());
  p.ends(0, delivery_state::published, 3.25, outcome_kind::published);
  CHECK(p.lateness() == Approx(3.25));
  p.ends(1, delivery_state::published, 41.5, outcome_kind::published);
  CHECK(p.lateness() == Approx(41.5));
}

TEST_CASE("what is not published does not count for a post's lateness, and of a thread its first part does") {
  using domain::outcome_kind;
  one_post p;
  p.ends(0, delivery_state::failed, 900.0, outcome_kind::invalid);
  CHECK_FALSE(p.lateness());
  // Its first part is out, the next one follows.
  p.ends(1, delivery_state::sending, 7.5, outcome_kind::published);
  CHECK_FALSE(p.lateness());
  p.tells(1, delivery_state::published, 60'000.0, outcome_kind::published);
  CHECK(p.lateness() == Approx(7.5));
}

}  // namespace pulse::persistence
