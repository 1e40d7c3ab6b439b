// The times of posts: scheduling and moving.
#include "persistence/publishing/posts.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "persistence/calendar/entries.hpp"
#include "persistence/events/events.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

posts::command by_owner(const company& of, const base::uuid& post_id) {
  return {.post_id = post_id, .member_id = of.owner_id, .now = noon()};
}

const posts::delivery& on_channel(const posts::post& of, const base::uuid& channel_id) {
  const auto found = std::find_if(of.deliveries.begin(), of.deliveries.end(),
                                  [&](const posts::delivery& each) { return each.channel_id == channel_id; });
  REQUIRE(found != of.deliveries.end());
  return *found;
}

}  // namespace

TEST_CASE("scheduling sets the time of what waits, and of nothing that is going out") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon());
  const auto sent = on_channel(store.post(acme, id).value(), acme.x_id).id;
  REQUIRE(store.begin(acme, sent, fence, noon() + 1s));
  const auto later = noon() + 2h;
  const auto changed = store.as(acme, [&](transaction& tx) {
    REQUIRE(posts::lock(tx, id));
    return posts::schedule(tx, by_owner(acme, id), later);
  });
  CHECK(changed == 1);
  const auto post = store.post(acme, id);
  CHECK(post->scheduled_at == later);
  CHECK(on_channel(*post, acme.website_id).not_before == later);
  CHECK(on_channel(*post, acme.x_id).due_at == noon());
  CHECK(on_channel(*post, acme.x_id).state == delivery_state::sending);
}

TEST_CASE("what waits for its next attempt is moved too, unless its last may be live or it is half done") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon(), {acme.x_id});
  const auto delivery = store.deliveries(acme, id).at(0).id;
  REQUIRE(store.begin(acme, delivery, fence, noon()));
  REQUIRE(store.end(acme, delivery, fence, delivery_state::waiting, noon() + 1min));
  constexpr statement set_doubt{"test_set_doubt", "UPDATE deliveries SET doubt_until = now() WHERE id = $1"};
  constexpr statement set_handles{"test_set_handles",
                                  R"(UPDATE deliveries SET handles = '{"part":"1"}' WHERE id = $1)"};
  bool is_moved = false;
  SECTION("of the last attempt nothing is live") { is_moved = true; }
  SECTION("the last attempt may be live") {
    store.as_engine([&](transaction& tx) { tx.execute(set_doubt, delivery); });
  }
  SECTION("an earlier attempt's outcome was unknown, and the platform did not list it") {
    store.as_engine([&](transaction& tx) {
      events::append(tx, {.tenant_id = acme.id,
                          .post_id = id,
                          .delivery_id = delivery,
                          .channel_id = acme.x_id,
                          .facts = domain::publish_outcome_unknown{},
                          .at = noon()});
    });
  }
  SECTION("a thread is half out") {
    store.as_engine([&](transaction& tx) { tx.execute(set_handles, delivery); });
  }
  const auto shown = store.as(acme, [&](transaction& tx) {
    return calendar::list_posts(acme.project_id, noon() - 1h, noon() + 1h, 10).all(tx);
  });
  REQUIRE(shown.size() == 1);
  CHECK(shown[0].can_move == is_moved);
  const auto tomorrow = noon() + 24h;
  const auto changed = store.as(acme, [&](transaction& tx) {
    REQUIRE(posts::lock(tx, id));
    return posts::schedule(tx, by_owner(acme, id), tomorrow);
  });
  CHECK(changed == (is_moved ? 1 : 0));
  CHECK(store.post(acme, id)->deliveries.at(0).not_before == (is_moved ? tomorrow : noon() + 1min));
  auto next = store.intent_for(acme, delivery, fence, noon() + 2min);
  next.attempt = 2;
  const std::vector<intent> intents{next};
  CHECK(store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), intents); }).empty() == is_moved);
}

TEST_CASE("what was moved to a later time does not start at the earlier one") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon(), {acme.x_id});
  store.as(acme, [&](transaction& tx) {
    posts::lock(tx, id);
    posts::schedule(tx, by_owner(acme, id), noon() + 1h);
  });
  const auto delivery = store.deliveries(acme, id).at(0).id;
  CHECK_FALSE(store.begin(acme, delivery, fence, noon() + 1s));
  CHECK(store.begin(acme, delivery, fence, noon() + 1h));
}

}  // namespace pulse::persistence
