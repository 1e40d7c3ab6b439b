#include "persistence/publishing/posts.hpp"
#include "persistence/publishing/post_lists.hpp"

#include <algorithm>
#include <future>
#include <latch>
#include <set>

#include <catch2/catch.hpp>

#include "persistence/explaining/timeline.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using domain::post_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

std::vector<std::string> event_types(publishing_store& store, const company& of, const base::uuid& post_id) {
  const auto entries = store.as(of, [&](transaction& tx) { return timeline::list(post_id, {.rows = 1000}).all(tx); });
  std::vector<std::string> types;
  for (const auto& each : entries) types.push_back(each.type);
  return types;
}

posts::command by_owner(const company& of, const base::uuid& post_id, base::timestamp now = noon()) {
  return {.post_id = post_id, .member_id = of.owner_id, .now = now};
}

const posts::delivery& on_channel(const posts::post& of, const base::uuid& channel_id) {
  const auto found = std::find_if(of.deliveries.begin(), of.deliveries.end(),
                                  [&](const posts::delivery& each) { return each.channel_id == channel_id; });
  REQUIRE(found != of.deliveries.end());
  return *found;
}

constexpr statement state_in_sql{"test_post_state", "SELECT pulse_post_state($1, $2::text[])"};

}  // namespace

TEST_CASE("a post's state is the same in SQL and in C++, for every set of delivery states") {
  publishing_store store;
  std::vector<delivery_state> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<delivery_state>>(
      [&](auto entry) { all.push_back(entry.value); });
  for (unsigned subset = 0; subset < 1u << all.size(); ++subset) {
    std::vector<delivery_state> states;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if ((subset >> i & 1) != 0) states.push_back(all[i]);
    }
    for (const bool scheduled : {false, true}) {
      const auto in_sql = store.requests().query_now(std::nullopt, state_in_sql, scheduled, states);
      REQUIRE(in_sql);
      INFO("subset " << subset << (scheduled ? ", scheduled" : ", not scheduled"));
      CHECK(in_sql->get<std::string>(0, 0) == base::to_name(domain::state_of_post(scheduled, states)));
    }
  }
}

TEST_CASE("a draft waits on every channel without a time") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto id = store.add_post(acme);
  const auto post = store.post(acme, id);
  REQUIRE(post);
  CHECK(post->status == post_state::draft);
  CHECK_FALSE(post->scheduled_at);
  REQUIRE(post->deliveries.size() == 2);
  CHECK(on_channel(*post, acme.x_id).channel_type == domain::channel_type::x);
  CHECK(on_channel(*post, acme.website_id).state == delivery_state::waiting);
  CHECK_FALSE(on_channel(*post, acme.website_id).due_at);
  CHECK(event_types(store, acme, id) == std::vector<std::string>{"PostCreated"});
}

TEST_CASE("variants come back as they were stored") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto now = noon();
  const posts::draft draft{.id = base::new_uuid(now),
                           .project_id = acme.project_id,
                           .author_id = acme.owner_id,
                           .title = "",
                           .text = "long \"text\" \\ with\nlines and 🐘",
                           .variants = {{"x", "short 🐘"}},
                           .scheduled_at = now + 1h,
                           .channel_ids = {acme.x_id},
                           .delivery_ids = {base::new_uuid(now)}};
  store.as(acme, [&](transaction& tx) { posts::insert(tx, draft, now); });
  const auto post = store.post(acme, draft.id);
  REQUIRE(post);
  CHECK(post->text == draft.text);
  REQUIRE(post->variants.size() == 1);
  CHECK(post->variants[0].platform == domain::channel_type::x);
  CHECK(post->variants[0].text == "short 🐘");
  CHECK(post->status == post_state::scheduled);
  CHECK(post->deliveries.at(0).due_at == now + 1h);
  CHECK(event_types(store, acme, draft.id) == std::vector<std::string>{"PostCreated", "PublishScheduled"});
}

TEST_CASE("cancelling withdraws what waits, names nothing else, and never starts") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon());
  const auto before = *store.post(acme, id);
  REQUIRE(store.begin(acme, on_channel(before, acme.x_id).id, fence, noon() + 1s));
  const auto cancelled = store.as(acme, [&](transaction& tx) {
    posts::lock(tx, id);
    return posts::cancel(tx, by_owner(acme, id, noon() + 2s));
  });
  CHECK(cancelled == 1);
  const auto post = *store.post(acme, id);
  CHECK(on_channel(post, acme.x_id).state == delivery_state::sending);
  CHECK(on_channel(post, acme.website_id).state == delivery_state::cancelled);
  CHECK(on_channel(post, acme.website_id).finished_at == noon() + 2s);
  CHECK_FALSE(store.begin(acme, on_channel(post, acme.website_id).id, fence, noon() + 3s));
  const auto types = event_types(store, acme, id);
  CHECK(std::count(types.begin(), types.end(), "PublishCancelled") == 1);
  const auto again = store.as(acme, [&](transaction& tx) {
    posts::lock(tx, id);
    return posts::cancel(tx, by_owner(acme, id, noon() + 4s));
  });
  CHECK(again == 0);
}

TEST_CASE(
    "cancelling what may be live since an earlier attempt asks a person instead of saying that it never went out") {
  static constexpr statement doubt{"test_doubt", R"sql(
    UPDATE deliveries SET doubt_until = $2 WHERE id = $1)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto id = store.add_post(acme, noon());
  const auto doubtful = on_channel(*store.post(acme, id), acme.x_id).id;
  store.as_engine([&](transaction& tx) { tx.execute(doubt, doubtful, noon() + 1h); });
  store.as(acme, [&](transaction& tx) {
    posts::lock(tx, id);
    return posts::cancel(tx, by_owner(acme, id, noon() + 2s));
  });
  const auto post = *store.post(acme, id);
  CHECK(on_channel(post, acme.website_id).state == delivery_state::cancelled);
  CHECK(on_channel(post, acme.x_id).state == delivery_state::unconfirmed);
  CHECK_FALSE(on_channel(post, acme.x_id).finished_at);
  CHECK(on_channel(post, acme.x_id).reason->find("may be live") != std::string::npos);
  const auto types = event_types(store, acme, id);
  CHECK(std::count(types.begin(), types.end(), "PublishUnconfirmed") == 1);
}

TEST_CASE("an edit is what goes out, and is refused once something has begun") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon(), {acme.x_id});
  const auto edit = [&](std::string text) {
    return store.as(acme, [&](transaction& tx) {
      posts::lock(tx, id);
      return posts::update(tx, by_owner(acme, id),
                           {.title = std::nullopt, .text = std::move(text), .variants = std::nullopt});
    });
  };
  CHECK(edit("edited"));
  const auto post = *store.post(acme, id);
  CHECK(post.text == "edited");
  CHECK(post.title == "Title");
  const std::vector<intent> intents{store.intent_for(acme, post.deliveries.at(0).id, fence, noon() + 1s)};
  const auto claimed = store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), intents); });
  REQUIRE(claimed.size() == 1);
  CHECK(claimed[0].text == "edited");
  CHECK_FALSE(edit("too late"));
  CHECK(store.post(acme, id)->text == "edited");
}

TEST_CASE("deleting cancels what waits, keeps what is published, and waits for what is going out") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon());
  const auto sent = on_channel(store.post(acme, id).value(), acme.x_id).id;
  const auto unsent = on_channel(*store.post(acme, id), acme.website_id).id;
  const auto remove = [&] {
    return store.as(acme,
                    [&](transaction& tx) { return posts::lock(tx, id) && posts::remove(tx, by_owner(acme, id)); });
  };
  REQUIRE(store.begin(acme, sent, fence, noon() + 1s));
  CHECK_FALSE(remove());
  CHECK(store.post(acme, id));
  REQUIRE(store.end(acme, sent, fence, delivery_state::published, noon() + 2s));
  CHECK(remove());
  CHECK_FALSE(store.post(acme, id));
  CHECK_FALSE(remove());
  CHECK_FALSE(store.begin(acme, unsent, fence, noon() + 3s));
  CHECK(event_types(store, acme, id).empty());
}

TEST_CASE("what may be live is not deleted out of sight before it is known, or a person has said so") {
  static constexpr statement stand{"test_stand", R"sql(
    UPDATE deliveries SET state = $2, doubt_until = $3, finished_at = CASE WHEN $2 = 'failed' THEN $4::timestamptz END
    WHERE id = $1)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto id = store.add_post(acme, noon());
  const auto doubtful = on_channel(*store.post(acme, id), acme.x_id).id;
  const auto bring_to = [&](delivery_state state, std::optional<base::timestamp> doubt_until) {
    store.as_engine([&](transaction& tx) { tx.execute(stand, doubtful, state, doubt_until, noon()); });
  };
  const auto remove = [&] {
    return store.as(acme,
                    [&](transaction& tx) { return posts::lock(tx, id) && posts::remove(tx, by_owner(acme, id)); });
  };
  const auto unresolved = [&] {
    return store.as(acme, [&](transaction& tx) { return posts::find_unresolved(tx, id); });
  };
  CHECK(unresolved().empty());
  for (const auto state : {delivery_state::waiting, delivery_state::unconfirmed}) {
    INFO(base::to_name(state));
    bring_to(state, noon() + 1h);
    CHECK_FALSE(remove());
    REQUIRE(unresolved().size() == 1);
    CHECK(unresolved()[0].id == doubtful);
    CHECK(unresolved()[0].channel_name == "X @acme");
    CHECK(unresolved()[0].state == state);
  }
  CHECK(on_channel(*store.post(acme, id), acme.website_id).state == delivery_state::waiting);
  bring_to(delivery_state::failed, std::nullopt);
  CHECK(remove());
}

TEST_CASE("the timeline tells what happened in order, page by page") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto id = store.add_post(acme, noon(), {acme.x_id});
  const auto delivery = store.deliveries(acme, id).at(0).id;
  REQUIRE(store.begin(acme, delivery, fence, noon()));  // all in one microsecond
  REQUIRE(store.end(acme, delivery, fence, delivery_state::published, noon()));
  const std::vector<std::string> expected{"PostCreated", "PublishScheduled", "PublishStarted", "PublishSucceeded"};
  CHECK(event_types(store, acme, id) == expected);
  std::vector<std::string> paged;
  base::timestamp at{};
  base::uuid place{};
  for (;;) {
    const auto page = store.as(acme, [&](transaction& tx) { return timeline::list(id, {at, place, 1}).all(tx); });
    if (page.empty()) break;
    paged.push_back(page[0].type);
    at = page[0].at;
    place = page[0].place;
  }
  CHECK(paged == expected);
}

TEST_CASE("a list has every post once, newest first, by state too") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  std::set<base::uuid> made;
  // Some of one moment: then the id decides.
  for (int i = 0; i < 7; ++i)
    made.insert(store.add_post(acme, std::nullopt, {acme.x_id}, noon() + std::chrono::seconds{i / 3}));
  store.add_post(acme, noon() + 1h, {acme.x_id});
  store.add_post(other);
  std::vector<base::uuid> listed;
  base::timestamp at = tests::at("9999-12-31T00:00:00Z");
  base::uuid last;
  last.bytes.fill(0xff);
  for (;;) {
    const auto page = store.as(acme, [&](transaction& tx) {
      return posts::list_posts({acme.project_id, post_state::draft, at, last, 2}).all(tx);
    });
    if (page.empty()) break;
    for (const auto& each : page) listed.push_back(each.id);
    at = page.back().created_at;
    last = page.back().id;
  }
  CHECK(listed.size() == made.size());
  CHECK(std::set<base::uuid>(listed.begin(), listed.end()) == made);
}

TEST_CASE("another tenant's post is as if it were not there") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto id = store.add_post(acme, noon() + 1h);
  CHECK_FALSE(store.post(other, id));
  store.as(other, [&](transaction& tx) {
    CHECK_FALSE(posts::lock(tx, id));
    CHECK(posts::cancel(tx, by_owner(other, id)) == 0);
    CHECK(posts::schedule(tx, by_owner(other, id), noon()) == 0);
    CHECK_FALSE(
        posts::update(tx, by_owner(other, id), {.title = "mine", .text = std::nullopt, .variants = std::nullopt}));
    CHECK_FALSE(posts::remove(tx, by_owner(other, id)));
  });
  CHECK(store.post(acme, id)->status == post_state::scheduled);
  CHECK(store.post(acme, id)->title == "Title");
}

TEST_CASE("when cancellations race the engine, each delivery has one winner and nobody deadlocks") {  // asvs: 2.3.4
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  constexpr std::size_t count = 60;
  std::vector<base::uuid> ids;
  std::vector<intent> intents;
  for (std::size_t i = 0; i < count; ++i) {
    ids.push_back(store.add_post(acme, noon()));
    for (const auto& each : store.deliveries(acme, ids.back()))
      intents.push_back(store.intent_for(acme, each.id, fence, noon() + 1s));
  }
  std::sort(intents.begin(), intents.end(),
            [](const intent& a, const intent& b) { return a.delivery_id < b.delivery_id; });

  std::latch started{2};
  auto claiming = std::async(std::launch::async, [&] {
    started.arrive_and_wait();
    std::set<base::uuid> won;
    constexpr std::size_t batch = 24;
    for (std::size_t from = 0; from < intents.size(); from += batch) {
      const std::vector<intent> some(
          intents.begin() + static_cast<std::ptrdiff_t>(from),
          intents.begin() + static_cast<std::ptrdiff_t>(std::min(from + batch, intents.size())));
      const auto claimed =
          store.engine().transact_now(std::nullopt, [&](transaction& tx) { return claim(tx, store.node_id(), some); });
      if (claimed.has_error()) throw std::runtime_error{claimed.error().detail};
      for (const auto& each : *claimed) won.insert(each.delivery_id);
    }
    return won;
  });
  started.arrive_and_wait();
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    store.as(acme, [&](transaction& tx) {
      posts::lock(tx, *id);
      posts::cancel(tx, by_owner(acme, *id, noon() + 2s));
    });
  }
  const auto won = claiming.get();
  for (const auto& id : ids) {
    for (const auto& each : store.deliveries(acme, id)) {
      CHECK(each.state == (won.contains(each.id) ? delivery_state::sending : delivery_state::cancelled));
    }
  }
  // A deadlock would be repaired by running the transaction again, after a second of standing still.
  CHECK(store.requests().count().retried == 0);
  CHECK(store.engine().count().retried == 0);
}

}  // namespace pulse::persistence
