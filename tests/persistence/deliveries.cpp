#include "persistence/deliveries.hpp"

#include <future>
#include <latch>
#include <set>

#include <catch2/catch.hpp>

#include "persistence/channels.hpp"
#include "persistence/pauses.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/random_case.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement select_row{
    "test_row", "SELECT state, attempt, failures, fence, deadline_at, not_before FROM deliveries WHERE id = $1"};
constexpr statement count_events{"test_events",
                                 "SELECT count(*)::integer FROM publish_events WHERE delivery_id = $1 AND type = $2"};
constexpr statement count_blocked{
    "test_blocked",
    "SELECT count(*)::integer FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"};
constexpr statement pause_tenant{"test_pause_tenant", "UPDATE tenants SET paused_at = $2 WHERE id = $1"};
constexpr statement pause_project{"test_pause_project", "UPDATE projects SET paused_at = $2 WHERE id = $1"};
constexpr statement pause_channel{"test_pause_channel", "UPDATE channels SET paused_at = $2 WHERE id = $1"};
constexpr statement close_channel{"test_close_channel", "UPDATE channels SET is_active = $2 = 1 WHERE id = $1"};
constexpr statement set_state{"test_set_state", R"sql(
  UPDATE deliveries SET state = $2, finished_at = CASE WHEN $2 IN ('published', 'failed', 'cancelled', 'missed') THEN now() END,
    external_id = CASE WHEN $2 = 'published' THEN 'x' END, started_at = now(), deadline_at = now() WHERE id = $1)sql"};

struct stored {
  delivery_state state = delivery_state::waiting;
  int attempt = 0;
  int failures = 0;
  std::int64_t fence = 0;
  std::optional<base::timestamp> deadline_at;
  std::optional<base::timestamp> not_before;
};
BOOST_DESCRIBE_STRUCT(stored, (), (state, attempt, failures, fence, deadline_at, not_before))

posts::edit edited() {
  posts::edit wanted;
  wanted.text = "edited";
  return wanted;
}

bool switch_off(transaction& tx, const company& of) {
  return channels::update(tx, of.website_id, {.is_active = false}, of.owner_id, noon()).has_value();
}

/// A company with one post that is due at noon on its website, and this node as its owner.
struct one_post {
  publishing_store store;
  company acme = store.add_company();
  std::int64_t fence = store.own(acme);
  base::uuid post_id = store.add_post(acme, noon(), {acme.website_id});
  base::uuid delivery_id = store.deliveries(acme, post_id).at(0).id;
  intent first = store.intent_for(acme, delivery_id, fence, noon());

  stored row() {
    return store.as(acme, [&](transaction& tx) { return *tx.execute(select_row, delivery_id).first<stored>(); });
  }
  int events(const std::string& type) {
    return store.as(acme, [&](transaction& tx) { return tx.execute(count_events, delivery_id, type).get<int>(0, 0); });
  }
  intent wanted(base::timestamp now = noon()) const {
    auto made = first;
    made.started_at = now;
    made.deadline_at = now + 12s;
    return made;
  }
  std::vector<claimed_content> claim_now(const intent& what) {
    return store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), std::vector{what}); });
  }
  bool wins(const intent& what) { return !claim_now(what).empty(); }
  change outcome(delivery_state to, delivery_state from = delivery_state::sending, int attempt = 1) const {
    change made;
    made.tenant_id = acme.id;
    made.delivery_id = delivery_id;
    made.fence = fence;
    made.attempt = attempt;
    made.from = from;
    made.to = to;
    made.not_before = noon();
    if (to == delivery_state::published) made.external_id = "external";
    made.event_type = "Test";
    made.event_message = "It changed.";
    made.at = noon() + 1s;
    return made;
  }
  bool records(const change& what) {
    return !store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), std::vector{what}); }).empty();
  }
  posts::change by_owner() const { return {.post_id = post_id, .member_id = acme.owner_id, .now = noon()}; }

  void run_as_owner_of_tables(const statement& what, const base::uuid& id, std::optional<base::timestamp> value) {
    store.as(acme, [&](transaction& tx) { tx.execute(what, id, value); });
  }
};

/// Two transactions that meet: the first is held open after its work until the second waits for its locks.
class meeting {
 public:
  explicit meeting(publishing_store& of) : watcher_(of.url()) {}

  /// Runs `first` and `second`, each a job, the second while the first is not committed; their values.
  template <class First, class Second>
  auto run(database& first_on, std::optional<base::uuid> first_as, First first, database& second_on,
           std::optional<base::uuid> second_as, Second second) {
    std::latch worked{1};
    std::latch go{1};
    auto one = std::async(std::launch::async, [&] {
      return first_on.transact_now(first_as, [&](transaction& tx) {
        auto value = first(tx);
        worked.count_down();
        go.wait();
        return value;
      });
    });
    worked.wait();
    auto two = std::async(std::launch::async, [&] { return second_on.transact_now(second_as, second); });
    const bool blocked = watcher_.sees_someone_blocked();
    go.count_down();
    auto first_value = one.get();
    auto second_value = two.get();
    CHECK(blocked);
    REQUIRE(first_value);
    REQUIRE(second_value);
    return std::pair{*first_value, *second_value};
  }

 private:
  class watcher {
   public:
    explicit watcher(const std::string& url) : database_(options(url)) {}
    bool sees_someone_blocked() {
      const auto patience = std::chrono::steady_clock::now() + 20s;
      while (std::chrono::steady_clock::now() < patience) {
        const auto found = database_.query_now(std::nullopt, count_blocked);
        if (found && found->get<int>(0, 0) > 0) return true;
      }
      return false;
    }

   private:
    static database::options options(const std::string& url) {
      database::options how;
      how.url = url;
      how.as = role::login;
      how.connections = 1;
      return how;
    }
    database database_;
  };
  watcher watcher_;
};

}  // namespace

TEST_CASE("a claim commits the intent and gives what is to be published") {
  one_post p;
  const auto won = p.claim_now(p.wanted());
  REQUIRE(won.size() == 1);
  CHECK(won[0].delivery_id == p.delivery_id);
  CHECK(won[0].tenant_id == p.acme.id);
  CHECK(won[0].text == "Text");
  CHECK(won[0].title == "Title");
  CHECK_FALSE(won[0].account_id);
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

// --- races -----------------------------------------------------------------------------------------------------------------

TEST_CASE("a command that commits before a claim is obeyed by it") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto command = [&](auto job) {
    return meet.run(p.store.requests(), p.acme.id, job, p.store.engine(), std::nullopt, claiming);
  };
  SECTION("cancel") {
    const auto [changed, won] =
        command([&](transaction& tx) { return posts::lock(tx, p.post_id), posts::cancel(tx, p.by_owner()); });
    CHECK(changed == 1);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::cancelled);
  }
  SECTION("reschedule") {
    const auto [changed, won] = command(
        [&](transaction& tx) { return posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h); });
    CHECK(changed == 1);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::waiting);
  }
  SECTION("delete") {
    const auto [changed, won] =
        command([&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::remove(tx, p.by_owner()); });
    CHECK(changed);
    CHECK(won == 0);
  }
  SECTION("edit: the new text goes out") {
    const auto [changed, won] = meet.run(
        p.store.requests(), p.acme.id,
        [&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::update(tx, p.by_owner(), edited()); },
        p.store.engine(), std::nullopt,
        [&](transaction& tx) { return claim(tx, p.store.node_id(), std::vector{p.wanted()}); });
    CHECK(changed);
    REQUIRE(won.size() == 1);
    CHECK(won[0].text == "edited");
  }
  SECTION("pause the tenant") {
    CHECK(command([&](transaction& tx) {
            return tx.execute(pause_tenant, p.acme.id, noon()).affected() == 1;
          }).second == 0);
  }
  SECTION("pause the project") {
    CHECK(command([&](transaction& tx) {
            return pauses::pause_project(tx, p.acme.project_id, {p.acme.owner_id, noon()});
          }).second == 0);
  }
  SECTION("pause the channel") {
    CHECK(command([&](transaction& tx) {
            return pauses::pause_channel(tx, p.acme.website_id, {p.acme.owner_id, noon()});
          }).second == 0);
  }
  SECTION("switch the channel off") {
    CHECK(command([&](transaction& tx) { return switch_off(tx, p.acme); }).second == 0);
  }
  SECTION("remove the channel") {
    const auto [changed, won] =
        command([&](transaction& tx) { return channels::remove(tx, p.acme.website_id, p.acme.owner_id, noon()); });
    CHECK(changed);
    CHECK(won == 0);
    CHECK(p.row().state == delivery_state::cancelled);
  }
}

TEST_CASE("a command that comes after a claim learns that it is too late") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto command = [&](auto job) {
    const auto [won, changed] = meet.run(p.store.engine(), std::nullopt, claiming, p.store.requests(), p.acme.id, job);
    CHECK(won == 1);
    CHECK(p.row().state == delivery_state::sending);
    return changed;
  };
  SECTION("cancel") {
    CHECK(command([&](transaction& tx) { return posts::lock(tx, p.post_id), posts::cancel(tx, p.by_owner()); }) == 0);
  }
  SECTION("reschedule") {
    CHECK(command([&](transaction& tx) {
            return posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h);
          }) == 0);
  }
  SECTION("delete") {
    CHECK_FALSE(
        command([&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::remove(tx, p.by_owner()); }));
  }
  SECTION("edit") {
    CHECK_FALSE(command(
        [&](transaction& tx) { return posts::lock(tx, p.post_id) && posts::update(tx, p.by_owner(), edited()); }));
  }
  SECTION("pause") {  // it holds for what comes after
    CHECK(command([&](transaction& tx) {
      return pauses::pause_project(tx, p.acme.project_id, {p.acme.owner_id, noon()});
    }));
  }
}

TEST_CASE("a takeover that commits before a claim is seen by it, and one that comes later waits for it") {
  one_post p;
  meeting meet{p.store};
  const auto successor = base::new_uuid(noon());
  const auto late = noon() + 24h * 400;  // the owner's lease is over
  const auto claiming = [&](transaction& tx) {
    return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted()}).size());
  };
  const auto taking = [&](transaction& tx) { return take_tenant(tx, p.acme.id, successor, late).value_or(0); };
  SECTION("before") {
    const auto [fence, won] =
        meet.run(p.store.engine(), std::nullopt, taking, p.store.engine(), std::nullopt, claiming);
    CHECK(fence == p.fence + 1);
    CHECK(won == 0);
  }
  SECTION("after") {
    const auto [won, fence] =
        meet.run(p.store.engine(), std::nullopt, claiming, p.store.engine(), std::nullopt, taking);
    CHECK(won == 1);
    CHECK(fence == p.fence + 1);
    const auto found = p.store.as_engine([&](transaction& tx) {
      return select_agenda(tx, p.acme.id, successor, p.fence + 1, {late, 10, true});
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].state == delivery_state::sending);
    CHECK(found[0].deadline_at == noon() + 12s);
    CHECK_FALSE(p.records(p.outcome(delivery_state::published)));  // it has been replaced
  }
}

TEST_CASE("of two claims of one attempt that meet, one is won") {
  one_post p;
  meeting meet{p.store};
  const auto claiming = [&](base::timestamp now) {
    return [&, now](transaction& tx) {
      return static_cast<int>(claim(tx, p.store.node_id(), std::vector{p.wanted(now)}).size());
    };
  };
  const auto [first, second] =
      meet.run(p.store.engine(), std::nullopt, claiming(noon()), p.store.engine(), std::nullopt, claiming(noon() + 1s));
  CHECK(first == 1);
  CHECK(second == 0);
}

// --- outcomes --------------------------------------------------------------------------------------------------------------

TEST_CASE("an outcome is committed with its event, once") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  CHECK(p.records(p.outcome(delivery_state::published)));
  CHECK_FALSE(p.records(p.outcome(delivery_state::published)));  // made again after a reply was lost
  CHECK_FALSE(p.records(p.outcome(delivery_state::failed)));
  CHECK(p.row().state == delivery_state::published);
  CHECK(p.events("Test") == 1);
}

TEST_CASE("an outcome is refused to whoever has been replaced, and to one of another attempt or state") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto what = p.outcome(delivery_state::published);
  SECTION("an old fence") { what.fence = p.fence - 1; }
  SECTION("another attempt") { what.attempt = 2; }
  SECTION("from another state") { what.from = delivery_state::unknown; }
  SECTION("of another tenant") { what.tenant_id = p.store.add_company("Other").id; }
  CHECK_FALSE(p.records(what));
  CHECK(p.row().state == delivery_state::sending);
  CHECK(p.events("Test") == 0);
}

TEST_CASE("an outcome of another node is refused") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  const auto what = std::vector{p.outcome(delivery_state::published)};
  CHECK(p.store.as_engine([&](transaction& tx) { return record(tx, base::new_uuid(noon()), what); }).empty());
}

TEST_CASE("a retry waits for its time, counts its failure, and is claimed as the next attempt") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto retry = p.outcome(delivery_state::waiting);
  retry.not_before = noon() + 30s;
  retry.failures = 1;
  REQUIRE(p.records(retry));
  CHECK(p.row().failures == 1);
  auto next = p.wanted(noon() + 29s);
  next.attempt = 2;
  CHECK_FALSE(p.wins(next));
  next.started_at = noon() + 30s;
  CHECK(p.wins(next));
  CHECK(p.row().attempt == 2);
}

TEST_CASE("a delivery that was moved meanwhile is not missed") {
  one_post p;
  p.store.as(p.acme,
             [&](transaction& tx) { posts::lock(tx, p.post_id), posts::schedule(tx, p.by_owner(), noon() + 1h); });
  CHECK_FALSE(p.records(p.outcome(delivery_state::missed, delivery_state::waiting, 0)));
  CHECK(p.row().state == delivery_state::waiting);
  auto seen = p.outcome(delivery_state::missed, delivery_state::waiting, 0);
  seen.not_before = noon() + 1h;
  CHECK(p.records(seen));
  CHECK(p.row().state == delivery_state::missed);
}

TEST_CASE("refused credentials switch the channel off in the same commit") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  auto what = p.outcome(delivery_state::waiting);
  what.disables_channel = true;
  what.reason = "the platform refuses the token";
  REQUIRE(p.records(what));
  const auto channel = p.store.as(p.acme, [&](transaction& tx) { return channels::get(tx, p.acme.website_id); });
  REQUIRE(channel);
  CHECK_FALSE(channel->is_active);
  CHECK(channel->disabled_reason == "the platform refuses the token");
  auto next = p.wanted();
  next.attempt = 2;
  CHECK_FALSE(p.wins(next));
  CHECK(p.store
            .as_engine([&](transaction& tx) {
              return select_agenda(tx, p.acme.id, p.store.node_id(), p.fence, {noon() + 1h, 10, true});
            })
            .empty());
}

TEST_CASE("refused credentials that were replaced meanwhile switch nothing off") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.x_id});
  const auto delivery = store.deliveries(acme, post).at(0).id;
  REQUIRE(store.begin(acme, delivery, fence, noon()));
  constexpr statement connect_again{"test_connect_again", "UPDATE accounts SET updated_at = $1"};
  store.as(acme, [&](transaction& tx) { tx.execute(connect_again, noon() + 1s); });
  change what;
  what.tenant_id = acme.id;
  what.delivery_id = delivery;
  what.fence = fence;
  what.attempt = 1;
  what.to = delivery_state::waiting;
  what.disables_channel = true;
  what.at = what.not_before = noon() + 2s;
  REQUIRE_FALSE(
      store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), std::vector{what}); }).empty());
  CHECK(store.as(acme, [&](transaction& tx) { return channels::get(tx, acme.x_id); })->is_active);
}

TEST_CASE("what was to begin before a pause ended begins anew") {
  one_post p;
  const auto pause_and_resume = [&](auto pause, auto resume) {
    p.store.as(p.acme, [&](transaction& tx) { return pause(tx, pauses::change{p.acme.owner_id, noon() + 1s}); });
    p.store.as(p.acme, [&](transaction& tx) { return resume(tx, pauses::change{p.acme.owner_id, noon() + 3s}); });
  };
  SECTION("of the channel") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_channel(tx, p.acme.website_id, by); },
                     [&](auto& tx, auto by) { return pauses::resume_channel(tx, p.acme.website_id, by); });
  }
  SECTION("of the project") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_project(tx, p.acme.project_id, by); },
                     [&](auto& tx, auto by) { return pauses::resume_project(tx, p.acme.project_id, by); });
  }
  SECTION("of the company") {
    pause_and_resume([&](auto& tx, auto by) { return pauses::pause_company(tx, by); },
                     [&](auto& tx, auto by) { return pauses::resume_company(tx, by); });
  }
  auto wanted = p.wanted();
  wanted.started_at = noon() + 2s;  // asked for in the pause, and heard after it
  CHECK_FALSE(p.wins(wanted));
  wanted.started_at = noon() + 3s;
  CHECK(p.wins(wanted));
}

TEST_CASE("what is to wait for a channel that was removed meanwhile ends") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  p.store.as(p.acme, [&](transaction& tx) { return channels::remove(tx, p.acme.website_id, p.acme.owner_id, noon()); });
  auto what = p.outcome(delivery_state::waiting);
  SECTION("cancelled, when nothing of it can be live") {
    REQUIRE(p.records(what));
    CHECK(p.row().state == delivery_state::cancelled);
  }
  SECTION("unconfirmed, when an earlier attempt may be") {
    what.doubt_until = noon() + 10min;
    REQUIRE(p.records(what));
    CHECK(p.row().state == delivery_state::unconfirmed);
  }
}

TEST_CASE("attempts are told while they run, and by what became of them") {
  one_post p;
  constexpr statement tell{"test_attempts", R"sql(
    SELECT string_agg(format('%s %s %s', number, fence, coalesce(outcome, 'runs')), ', ' ORDER BY number)
    FROM delivery_attempts WHERE delivery_id = $1)sql"};
  const auto told = [&] {
    return p.store.as(
        p.acme, [&](transaction& tx) { return tx.execute(tell, p.delivery_id).get<std::optional<std::string>>(0, 0); });
  };
  CHECK(told() == std::nullopt);
  REQUIRE(p.wins(p.wanted()));
  CHECK(told() == "1 1 runs");
  auto lost = p.outcome(delivery_state::unknown);
  lost.outcome = domain::outcome_kind::unknown;
  REQUIRE(p.records(lost));
  CHECK(told() == "1 1 unknown");
  auto again = p.outcome(delivery_state::waiting, delivery_state::unknown);
  again.outcome = domain::outcome_kind::transient;
  REQUIRE(p.records(again));
  CHECK(told() == "1 1 transient");
  auto next = p.wanted();
  next.attempt = 2;
  REQUIRE(p.wins(next));
  CHECK(told() == "1 1 transient, 2 1 runs");
}

TEST_CASE("a final state is final, also for whoever writes past the guards") {
  for (const auto* final_state : {"published", "cancelled", "missed"}) {
    one_post p;
    p.store.as_engine([&](transaction& tx) { tx.execute(set_state, p.delivery_id, final_state); });
    INFO(final_state);
    for (const auto* other : {"waiting", "sending", "unknown"}) {
      const auto changed = p.store.engine().transact_now(
          std::nullopt, [&](transaction& tx) { tx.execute(set_state, p.delivery_id, other); });
      REQUIRE(changed.has_error());
      CHECK(changed.error().constraint == "deliveries_final");
    }
  }
  one_post p;
  p.store.as_engine([&](transaction& tx) { tx.execute(set_state, p.delivery_id, "failed"); });
  p.store.as_engine(
      [&](transaction& tx) { tx.execute(set_state, p.delivery_id, "waiting"); });  // a person sends it back
  CHECK(p.row().state == delivery_state::waiting);
}

// --- the agenda ------------------------------------------------------------------------------------------------------------

TEST_CASE("an agenda is what a claim would win: random rows") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  std::vector<base::uuid> posts;
  for (int i = 0; i < 40; ++i) {
    posts.push_back(store.add_post(acme, noon() + std::chrono::seconds{random.between(-30, 30)},
                                   {random.between(0, 1) == 0 ? acme.website_id : acme.x_id}));
  }
  for (const auto& id : posts) {
    const posts::change by{.post_id = id, .member_id = acme.owner_id, .now = noon()};
    const auto choice = random.between(0, 5);
    if (choice == 0) store.as(acme, [&](transaction& tx) { posts::lock(tx, id), posts::cancel(tx, by); });
    if (choice == 1) store.as(acme, [&](transaction& tx) { posts::lock(tx, id), posts::remove(tx, by); });
    if (choice == 2) store.begin(acme, store.deliveries(acme, id).at(0).id, fence, noon() + 1min);
  }
  if (random.between(0, 2) == 0) store.as(acme, [&](transaction& tx) { tx.execute(close_channel, acme.x_id, 0); });
  if (random.between(0, 4) == 0)
    store.as(acme, [&](transaction& tx) { tx.execute(pause_channel, acme.website_id, noon()); });

  const auto agenda = store.as_engine([&](transaction& tx) {
    return select_agenda(tx, acme.id, store.node_id(), fence, {noon() + 1us, 1000, true});
  });
  std::set<base::uuid> promised;
  for (const auto& each : agenda) {
    if (each.state == delivery_state::waiting) promised.insert(each.id);
  }
  std::set<base::uuid> won;
  const auto all = store.as(acme, [](transaction& tx) {
    return tx.execute({"test_all", "SELECT id, attempt FROM deliveries WHERE state = 'waiting'"});
  });
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto wanted = store.intent_for(acme, all.get<base::uuid>(i, 0), fence, noon());
    wanted.attempt = all.get<int>(i, 1) + 1;
    const auto mine = store.as_engine([&](transaction& tx) { return claim(tx, store.node_id(), std::vector{wanted}); });
    for (const auto& each : mine) won.insert(each.delivery_id);
  }
  CHECK(promised == won);
}

TEST_CASE("an agenda is empty for whoever does not own the tenant, sorted by time, and bounded") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  for (int i = 10; i > 0; --i) store.add_post(acme, noon() + std::chrono::seconds{i}, {acme.website_id});
  const auto read = [&](const base::uuid& node, std::int64_t under, base::timestamp until, int limit) {
    return store.as_engine([&](transaction& tx) {
      return select_agenda(tx, acme.id, node, under, {until, limit, true});
    });
  };
  const auto all = read(store.node_id(), fence, noon() + 1h, 100);
  REQUIRE(all.size() == 10);
  for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].not_before <= all[i].not_before);
  CHECK(read(store.node_id(), fence, noon() + 5s, 100).size() == 4);  // until is not included
  CHECK(read(store.node_id(), fence, noon() + 1h, 3).size() == 3);
  CHECK(read(store.node_id(), fence, noon() + 1h, 3)[0].not_before == noon() + 1s);
  CHECK(read(store.node_id(), fence + 1, noon() + 1h, 100).empty());
  CHECK(read(base::new_uuid(noon()), fence, noon() + 1h, 100).empty());
}

TEST_CASE("an agenda has the first of every channel, however much waits for another") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  for (int i = 0; i < 5; ++i) store.add_post(acme, noon() + std::chrono::seconds{i}, {acme.x_id});
  store.add_post(acme, noon() + 30s, {acme.website_id});
  const auto found = store.as_engine([&](transaction& tx) {
    return select_agenda(tx, acme.id, store.node_id(), fence, {noon() + 1min, 2, false});
  });
  REQUIRE(found.size() == 3);
  CHECK(found[0].channel_id == acme.x_id);
  CHECK(found[1].channel_id == acme.x_id);
  CHECK(found[2].channel_id == acme.website_id);
}

TEST_CASE("an agenda has what was left in the middle for whoever asks, also on a channel that is off") {
  one_post p;
  REQUIRE(p.wins(p.wanted()));
  p.store.as(p.acme, [&](transaction& tx) { return switch_off(tx, p.acme); });
  const auto read = [&](bool with_begun) {
    return p.store.as_engine([&](transaction& tx) {
      return select_agenda(tx, p.acme.id, p.store.node_id(), p.fence, {noon() + 1min, 10, with_begun});
    });
  };
  CHECK(read(false).empty());
  REQUIRE(read(true).size() == 1);
  CHECK(read(true)[0].state == delivery_state::sending);
  CHECK(read(true)[0].started_at == p.wanted().started_at);
}

}  // namespace pulse::persistence
