#include "persistence/publishing/post_lists.hpp"

#include <catch2/catch.hpp>

#include "tests/support/publishing_store.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::post_state;

constexpr statement force_state{"test_force_state", R"sql(
  UPDATE deliveries SET state = $2, attempt = 1, external_id = 'external', deadline_at = now(), started_at = now(),
    finished_at = CASE WHEN $2 IN ('published', 'failed', 'cancelled', 'missed') THEN now() END,
    asked_at = CASE WHEN $3::boolean THEN now() END
  WHERE id = $1)sql"};

/// Posts whose deliveries are in every mixture of states, some of them drafts.
class mixture {
 public:
  mixture() {
    database owner{{.url = store.url(), .connections = 1, .as = role::login}};
    const std::vector<std::string> states{"waiting",     "sending",   "published", "failed", "unknown",
                                          "unconfirmed", "cancelled", "missed",    "asking", "untouched"};
    auto now = tests::noon();
    for (const auto& first : states) {
      for (const auto& second : states) {
        now += 1s;
        // What was never scheduled has not begun: it waits, or was withdrawn.
        const auto may_be_draft = [](const std::string& state) { return state == "untouched" || state == "cancelled"; };
        const bool is_draft = may_be_draft(first) && may_be_draft(second) && random.between<int>(0, 1) == 0;
        const auto id =
            store.add_post(of, is_draft ? std::optional<base::timestamp>{} : now + 1h, {of.website_id, of.x_id}, now);
        const auto deliveries = store.deliveries(of, id);
        force(owner, deliveries[0].id, first);
        force(owner, deliveries[1].id, second);
      }
    }
  }

  std::vector<base::uuid> list(posts::listing wanted) {
    const auto found = store.as(of, [&](transaction& tx) { return posts::list_posts(wanted).all(tx); });
    std::vector<base::uuid> ids;
    for (const auto& each : found) ids.push_back(each.id);
    return ids;
  }

  support::random_source random;
  tests::publishing_store store;
  tests::company of = store.add_company();

 private:
  static void force(database& owner, const base::uuid& id, const std::string& state) {
    if (state == "untouched") return;
    const bool is_asked = state == "asking";
    REQUIRE(owner.query_now(std::nullopt, force_state, id, is_asked ? std::string{"waiting"} : state, is_asked));
  }
};

constexpr std::int64_t all = 1'000;

posts::listing newest() {
  return {.project_id = {}, .status = {}, .before = tests::noon() + 24h * 365, .before_id = {}, .limit = all};
}

}  // namespace

TEST_CASE("a list by state has the posts of that state, and all of them, in the order of the whole list") {
  mixture world;
  INFO("PULSE_TEST_SEED=" << world.random.seed());
  const auto whole = world.store.as(world.of, [](transaction& tx) { return posts::list_posts(newest()).all(tx); });
  REQUIRE(whole.size() == 100);
  std::size_t found = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<post_state>>([&](auto entry) {
    INFO(entry.name);
    std::vector<base::uuid> expected;
    for (const auto& each : whole) {
      if (each.status == entry.value) expected.push_back(each.id);
    }
    auto wanted = newest();
    wanted.status = entry.value;
    CHECK(world.list(wanted) == expected);
    wanted.project_id = world.of.project_id;
    CHECK(world.list(wanted) == expected);
    wanted.project_id = base::uuid_from_name("another project");
    CHECK(world.list(wanted).empty());
    found += expected.size();
  });
  CHECK(found == 100);
}

TEST_CASE("a list by state goes on where its last page ended, and shows nothing of another company") {
  mixture world;
  const auto other = world.store.add_company("Other");
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<post_state>>([&](auto entry) {
    INFO(entry.name);
    auto wanted = newest();
    wanted.status = entry.value;
    const auto whole = world.list(wanted);
    std::vector<base::uuid> paged;
    wanted.limit = 3;
    for (;;) {
      const auto page = world.store.as(world.of, [&](transaction& tx) { return posts::list_posts(wanted).all(tx); });
      for (const auto& each : page) paged.push_back(each.id);
      if (page.empty()) break;
      wanted.before = page.back().created_at;
      wanted.before_id = page.back().id;
    }
    CHECK(paged == whole);
    auto foreign = newest();
    foreign.status = entry.value;
    CHECK(world.store.as(other, [&](transaction& tx) { return posts::list_posts(foreign).all(tx); }).empty());
  });
}

}  // namespace pulse::persistence
