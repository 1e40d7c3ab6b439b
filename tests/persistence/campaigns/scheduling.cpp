// Content becomes a post only once, however many callers schedule it at the same time, and only after approval.
#include "persistence/campaigns/scheduling.hpp"

#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "persistence/campaigns/content_changes.hpp"
#include "persistence/campaigns/guardrail_settings.hpp"
#include "persistence/campaigns/reviews.hpp"
#include "persistence/campaigns/topics.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::campaigns::content_decision;
using domain::campaigns::content_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement count_posts{"test_count_posts", "SELECT count(*) FROM posts WHERE project_id = $1"};

base::uuid write(publishing_store& store, const company& of, const std::string& text = "Spring is here.") {
  content::draft made{.id = base::new_uuid(noon()),
                      .project_id = of.project_id,
                      .text = text,
                      .channel_ids = {of.website_id},
                      .author_id = of.owner_id};
  store.as(of, [&](transaction& tx) { content::insert(tx, made, noon()); });
  return made.id;
}

scheduling::order order_of(const company& of, const base::uuid& id) {
  return {.content_id = id, .at = noon() + 24h, .member_id = of.owner_id};
}

/// Runs the job in so many threads at once.
template <class Job>
void at_once(int threads, Job job) {
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i) all.emplace_back(job);
  for (auto& each : all) each.join();
}

base::uuid add_member(publishing_store& store, const company& of, const std::string& name) {
  const auto id = base::new_uuid(noon());
  store.as(of, [&](transaction& tx) {
    members::insert(tx, {id, name + "@" + base::to_string(of.id) + ".test", name, domain::role::member, noon()},
                    "none");
  });
  return id;
}

}  // namespace

TEST_CASE("eight that schedule one item at once make one post of it") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto id = write(store, acme);
  std::mutex lock;
  std::set<base::uuid> posts;
  at_once(8, [&] {
    const auto done = store.requests().transact_now(
        acme.id, [&](transaction& tx) { return scheduling::schedule(tx, order_of(acme, id), noon()); });
    const std::lock_guard held{lock};
    if (done && done->item && done->item->post_id) posts.insert(*done->item->post_id);
  });
  CHECK(posts.size() == 1);
  store.as(acme, [&](transaction& tx) {
    CHECK(tx.execute(count_posts, acme.project_id).get<std::int64_t>(0, 0) == 1);
    CHECK(content::find(id).first(tx)->state == content_state::scheduled);
  });
}

TEST_CASE("a day's last place is taken once by items that are scheduled at the same time") {
  publishing_store store;
  const auto acme = store.add_company();
  store.as(acme, [&](transaction& tx) {
    guardrail_settings::settings wanted{.project_id = acme.project_id};
    wanted.guardrails.most_posts_a_day = 2;
    guardrail_settings::put(tx, wanted, acme.owner_id, noon());
  });
  std::vector<base::uuid> items;
  for (int i = 0; i < 6; ++i) items.push_back(write(store, acme, "Number " + std::to_string(i)));
  std::atomic<int> next{0};
  std::atomic<int> scheduled{0};
  at_once(6, [&] {
    auto asked = order_of(acme, items[static_cast<std::size_t>(next++)]);
    asked.is_rule = true;
    const auto done = store.requests().transact_now(
        acme.id, [&](transaction& tx) { return scheduling::schedule(tx, asked, noon()); });
    if (done && done->outcome == scheduling::scheduling_result::scheduled) ++scheduled;
  });
  CHECK(scheduled == 2);
}

TEST_CASE("what a rule schedules names nobody, and is moved where it takes another time") {
  publishing_store store;
  const auto acme = store.add_company();
  store.as(acme, [&](transaction& tx) {
    guardrail_settings::settings wanted{.project_id = acme.project_id};
    wanted.guardrails.most_posts_a_day = 1;
    guardrail_settings::put(tx, wanted, acme.owner_id, noon());
  });
  store.add_post(acme, noon() + 24h);
  auto asked = order_of(acme, write(store, acme));
  asked.is_rule = true;
  const auto done = store.engine().transact_now(acme.id, [&](transaction& tx) {
    const auto held = scheduling::schedule(tx, asked, noon());
    asked.takes_other_time = true;
    auto moved = scheduling::schedule(tx, asked, noon());
    return std::pair{held.outcome, std::move(moved)};
  });
  REQUIRE(done);
  CHECK(done->first == scheduling::scheduling_result::held);
  REQUIRE(done->second.outcome == scheduling::scheduling_result::scheduled);
  CHECK(done->second.item->scheduled_at > noon() + 24h);
}

TEST_CASE("an edit and an approval at once: what is approved is what was read") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto reviewer = add_member(store, acme, "reviewer");
  for (int round = 0; round < 10; ++round) {
    const auto id = write(store, acme);
    store.as(acme, [&](transaction& tx) { content::submit(tx, id, 1, acme.owner_id, noon()); });
    std::atomic<int> next{0};
    at_once(2, [&] {
      const bool is_edit = next++ == round % 2;
      (void)store.requests().transact_now(acme.id, [&](transaction& tx) {
        if (is_edit) {
          content::edit wanted;
          wanted.text = "Changed";
          content::change(tx, id, wanted, acme.owner_id, noon());
        } else {
          reviews::decide(tx, {.content_id = id, .version = 1, .decision = content_decision::approve},
                          {.member_id = reviewer, .role = domain::role::member}, noon());
        }
      });
    });
    const auto found = store.as(acme, [&](transaction& tx) { return content::find(id).first(tx); });
    CHECK(found->version == 2);
    CHECK(found->state != content_state::approved);
  }
}

TEST_CASE("an approval that is given twice at once is given once") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto reviewer = add_member(store, acme, "reviewer");
  const auto id = write(store, acme);
  store.as(acme, [&](transaction& tx) { content::submit(tx, id, 1, acme.owner_id, noon()); });
  std::atomic<int> taken{0};
  at_once(4, [&] {
    const auto done = store.requests().transact_now(acme.id, [&](transaction& tx) {
      return reviews::decide(tx, {.content_id = id, .version = 1, .decision = content_decision::approve},
                             {.member_id = reviewer, .role = domain::role::member}, noon());
    });
    if (done && done->outcome == reviews::review_result::done) ++taken;
  });
  CHECK(taken == 1);
  store.as(acme, [&](transaction& tx) { CHECK(reviews::list_decisions(id).all(tx).size() == 1); });
}

TEST_CASE("what was approved in an earlier version does not go out in another") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto id = write(store, acme);
  constexpr statement cheat{"test_change_behind", R"sql(
    UPDATE content_items SET text = 'Never seen', version = version + 1 WHERE id = $1)sql"};
  store.as(acme, [&](transaction& tx) { content::submit(tx, id, 1, acme.owner_id, noon()); });
  const auto reviewer = add_member(store, acme, "reviewer");
  store.as(acme, [&](transaction& tx) {
    reviews::decide(tx, {.content_id = id, .version = 1, .decision = content_decision::approve},
                    {.member_id = reviewer, .role = domain::role::member}, noon());
  });
  // Not even whoever writes to the row itself: the table forbids an approved state of other words.
  CHECK_FALSE(store.requests().transact_now(acme.id, [&](transaction& tx) { tx.execute(cheat, id); }));
}

TEST_CASE("the most similar post is found by index among thousands, and signatures are made once") {
  constexpr statement fill_posts{"test_fill_topics", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)
    SELECT $1, md5('post' || n)::uuid, $2, $3, md5('a' || n) || ' ' || md5('b' || n) || ' ' || md5('c' || n), $4::timestamptz, $4, $4
    FROM generate_series(1, 5000) n)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto twin = store.add_post(acme, noon() + 1h);
  store.as(acme, [&](transaction& tx) {
    tx.execute(fill_posts, acme.id, acme.project_id, acme.owner_id, noon());
    int signed_posts = 0;
    for (int n = 0; (n = topics::sign_posts(tx, acme.project_id)) > 0;) signed_posts += n;
    CHECK(signed_posts == 5001);
    const auto found = topics::find_similar(tx, acme.project_id, "TEXT!", noon() - 24h, noon() + 24h, std::nullopt);
    REQUIRE(found);
    CHECK(found->post_id == twin);
    CHECK(found->percent == 100);
    CHECK_FALSE(topics::find_similar(tx, acme.project_id, "TEXT!", noon() - 24h, noon() + 24h, twin));
    CHECK_FALSE(topics::find_similar(tx, acme.project_id, "TEXT!", noon() + 2h, noon() + 24h, std::nullopt));
  });
}

TEST_CASE("the duplicate check against 100,000 posts of a project takes less than 5 ms", "[.bench]") {
  constexpr statement fill_posts{"test_fill_many_topics", R"sql(
    INSERT INTO posts (tenant_id, id, project_id, author_id, text, scheduled_at, created_at, updated_at)
    SELECT $1, md5('post' || n)::uuid, $2, $3, md5('a' || n) || ' ' || md5('b' || n) || ' ' || md5('c' || n), $4::timestamptz, $4, $4
    FROM generate_series(1, 100000) n)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto twin = store.add_post(acme, noon() + 1h);
  store.as(acme, [&](transaction& tx) { tx.execute(fill_posts, acme.id, acme.project_id, acme.owner_id, noon()); });
  for (int n = 1; n > 0;) n = store.as(acme, [&](transaction& tx) { return topics::sign_posts(tx, acme.project_id); });
  store.as_engine([](transaction& tx) { tx.execute({"test_count_topics", "SELECT count(*) FROM posts"}); });
  std::vector<double> taken;
  for (int i = 0; i < 200; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    const auto found = store.as(acme, [&](transaction& tx) {
      return topics::find_similar(tx, acme.project_id, "TEXT!", noon() - 24h, noon() + 24h, std::nullopt);
    });
    taken.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    REQUIRE(found);
    CHECK(found->post_id == twin);
  }
  std::sort(taken.begin(), taken.end());
  std::printf("duplicate check, 100,000 posts: p50 %.2f ms, p99 %.2f ms\n", taken[100], taken[197]);
  CHECK(taken[100] < 5);
}

}  // namespace pulse::persistence
