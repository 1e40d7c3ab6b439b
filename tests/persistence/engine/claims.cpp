// Claims: which intents are won.
#include <set>

#include <catch2/catch.hpp>

#include "tests/persistence/engine/one_post.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement pause_tenant{"test_pause_tenant", "UPDATE tenants SET paused_at = $2 WHERE id = $1"};
constexpr statement close_channel{"test_close_channel", "UPDATE channels SET is_active = $2 = 1 WHERE id = $1"};

}  // namespace

TEST_CASE("a claim commits the intent and gives what is to be published") {
  constexpr statement set_due{"test_set_due", "UPDATE deliveries SET due_at = $2 WHERE id = $1"};
  one_post p;
  p.store.as_engine([&](transaction& tx) { tx.execute(set_due, p.delivery_id, noon() - 1h); });
  const auto won = p.claim_now(p.wanted());
  REQUIRE(won.size() == 1);
  CHECK(won[0].delivery_id == p.delivery_id);
  CHECK(won[0].tenant_id == p.acme.id);
  CHECK(won[0].text == "Text");
  CHECK(won[0].title == "Title");
  CHECK_FALSE(won[0].account_id);
  CHECK(won[0].due_at == noon() - 1h);
  const auto row = p.row();
  CHECK(row.state == delivery_state::sending);
  CHECK(row.attempt == 1);
  CHECK(row.fence == p.fence);
  CHECK(row.deadline_at == noon() + 12s);
}

TEST_CASE("a claim gives the account of a channel that has one, sealed") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto id = store.deliveries(acme, post).at(0).id;
  const std::vector intents{store.intent_for(acme, id, fence, noon())};
  const auto won = store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), intents); });
  REQUIRE(won.size() == 1);
  CHECK(won[0].external_user_id == "1001");
  CHECK(won[0].handle == "acme");
  REQUIRE(won[0].access_token);
}

TEST_CASE("a claim is refused whenever something forbids the start, and changes nothing then") {
  one_post p;
  auto what = p.wanted();
  SECTION("before its time") { what.started_at = noon() - 1us; }
  SECTION("under an old fence") { what.fence = p.fence - 1; }
  SECTION("under a fence that was never given") { what.fence = p.fence + 1; }
  SECTION("of another attempt") { what.attempt = 2; }
  SECTION("of another tenant") { what.tenant_id = p.store.add_company("Other").id; }
  SECTION("of a delivery that is not there") { what.delivery_id = base::new_uuid(noon()); }
  SECTION("of a cancelled one") {
    p.store.as(p.acme, [&](transaction& tx) { posts::lock(tx, p.post_id), posts::cancel(tx, p.by_owner()); });
  }
  SECTION("of a deleted post") {
    p.store.as(p.acme, [&](transaction& tx) { posts::lock(tx, p.post_id), posts::remove(tx, p.by_owner()); });
  }
  SECTION("of one that was moved") {
    p.store.as(p.acme,
               [&](transaction& tx) { posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h); });
  }
  SECTION("while the tenant is paused") { p.run_as_owner_of_tables(pause_tenant, p.acme.id, noon()); }
  SECTION("while the project is paused") { p.run_as_owner_of_tables(pause_project, p.acme.project_id, noon()); }
  SECTION("while the channel is paused") { p.run_as_owner_of_tables(pause_channel, p.acme.website_id, noon()); }
  SECTION("on a channel that is off") {
    p.store.as(p.acme, [&](transaction& tx) { tx.execute(close_channel, p.acme.website_id, 0); });
  }
  const auto before = p.row();
  CHECK_FALSE(p.wins(what));
  const auto after = p.row();
  CHECK(after.state == before.state);
  CHECK(after.attempt == before.attempt);
  CHECK(after.fence == before.fence);
}

TEST_CASE("a claim by another node is refused, whatever fence it names") {
  one_post p;
  const auto won =
      p.store.as_engine([&](transaction& tx) { return claim(tx, base::new_uuid(noon()), std::vector{p.wanted()}); });
  CHECK(won.empty());
}

TEST_CASE("the same claim made again is won again, and its deadline never comes nearer") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto again = p.wanted();
  again.deadline_at = noon() + 30s;
  CHECK(p.wins(again));
  CHECK(p.row().deadline_at == noon() + 30s);
  CHECK(p.wins(p.wanted()));  // an earlier try that arrives late
  CHECK(p.row().deadline_at == noon() + 30s);
  CHECK(p.row().attempt == 1);
}

TEST_CASE("another claim of an attempt that is being sent is refused, even under the same fence") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  CHECK_FALSE(p.wins(p.wanted(noon() + 1us)));  // begun at another moment: by somebody who does not know of the first
}

TEST_CASE("an intent that names the wrong project, post or channel is refused") {
  one_post p;
  const auto other = p.store.add_post(p.acme, noon(), {p.acme.x_id});
  auto wrong = p.wanted();
  SECTION("post") { wrong.post_id = other; }
  SECTION("channel") { wrong.channel_id = p.acme.x_id; }
  SECTION("project") {
    wrong.project_id = base::new_uuid(noon());
    p.store.as(p.acme, [&](transaction& tx) {
      tx.execute(
          {"test_copy_project",
           "INSERT INTO projects SELECT (jsonb_populate_record(j, jsonb_build_object('id', $1::uuid, 'slug', $1::text, "
           "'name', $1::text))).* FROM projects j"},
          wrong.project_id);
    });
  }
  CHECK_FALSE(p.wins(wrong));
  CHECK(p.wins(p.wanted()));
}

TEST_CASE("of a batch those start whose company and project let them") {
  publishing_store store;
  struct part {
    company of;
    intent wanted;
  };
  std::vector<part> parts;
  std::vector<intent> intents;
  for (int i = 0; i < 12; ++i) {
    const auto of = store.add_company("Company " + std::to_string(i));
    const auto fence = i == 0 ? store.own(of) : store.as_engine([&](transaction& tx) {
      return take_tenant(tx, of.id, store.node_id(), noon()).value();
    });
    const auto id = store.deliveries(of, store.add_post(of, noon(), {of.website_id})).at(0).id;
    parts.push_back({of, store.intent_for(of, id, fence, noon() + 1s)});
  }
  const auto run = [&](int which, std::string_view sql) {
    const auto& of = parts[static_cast<std::size_t>(which)].of;
    store.as(of, [&](transaction& tx) { tx.execute({sql, sql}, of.id); });
  };
  run(1, "UPDATE tenants SET paused_at = '2026-11-22T11:00:00Z' WHERE id = $1");
  run(3, "UPDATE projects SET paused_at = '2026-11-22T11:00:00Z' WHERE tenant_id = $1");
  run(4, "UPDATE tenants SET resumed_at = '2026-11-22T12:00:02Z' WHERE id = $1");
  run(5, "UPDATE tenants SET resumed_at = '2026-11-22T12:00:01Z' WHERE id = $1");
  run(6, "UPDATE projects SET resumed_at = '2026-11-22T12:00:02Z' WHERE tenant_id = $1");
  run(7, "UPDATE projects SET resumed_at = '2026-11-22T12:00:01Z' WHERE tenant_id = $1");
  store.as_engine([&](transaction& tx) {
    tx.execute({"test_take_away", "UPDATE tenant_owners SET node_id = gen_random_uuid() WHERE tenant_id = $1"},
               parts[8].of.id);
  });
  parts[10].wanted.fence += 1;
  std::set<base::uuid> expected;
  for (const std::size_t open : {0, 2, 5, 7, 9, 11}) expected.insert(parts[open].wanted.delivery_id);
  for (const auto& each : parts) intents.push_back(each.wanted);
  auto stale = parts[11].wanted;  // one company, two fences
  stale.fence -= 1;
  intents.insert(intents.begin(), stale);
  std::set<base::uuid> won;
  for (const auto& each : store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), intents); }))
    CHECK(won.insert(each.delivery_id).second);
  CHECK(won == expected);
}

TEST_CASE("many claims in one statement are each decided for itself") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto fence = store.own(acme);
  std::vector<intent> intents;
  std::set<base::uuid> expected;
  for (int i = 0; i < 60; ++i) {
    const auto id =
        store.deliveries(acme, store.add_post(acme, noon() + std::chrono::seconds{i % 3}, {acme.website_id})).at(0).id;
    intents.push_back(store.intent_for(acme, id, fence, noon() + 1s));
    if (i % 3 <= 1) expected.insert(id);
  }
  const auto foreign = store.deliveries(other, store.add_post(other, noon(), {other.website_id})).at(0).id;
  intents.push_back(store.intent_for(other, foreign, fence, noon() + 1s));
  const auto won = store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), intents); });
  std::set<base::uuid> ids;
  for (const auto& each : won) CHECK(ids.insert(each.delivery_id).second);
  CHECK(ids == expected);
}

// --- races -----------------------------------------------------------------------------------------------------------

}  // namespace pulse::persistence
