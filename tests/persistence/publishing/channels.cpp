#include "persistence/publishing/channels.hpp"

#include <catch2/catch.hpp>

#include "domain/events/sentences.hpp"
#include "persistence/publishing/accounts.hpp"
#include "persistence/publishing/pauses.hpp"
#include "persistence/publishing/projects.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using domain::channel_type;
using domain::delivery_state;
using tests::company;
using tests::noon;
using tests::publishing_store;

constexpr statement stored_token{"test_stored_token",
                                 "SELECT id, access_token FROM accounts WHERE external_user_id = $1"};
constexpr statement disable{"test_disable_channel", R"sql(
  UPDATE channels SET is_active = false, disabled_reason = 'refused' WHERE tenant_id = $1 AND id = $2)sql"};

struct told {
  std::string type;
  std::string message;
  std::optional<base::uuid> by;
};

struct told_row {
  std::string type;
  boost::json::object metadata_json;
  std::optional<base::uuid> member_id;
};
BOOST_DESCRIBE_STRUCT(told_row, (), (type, metadata_json, member_id))

constexpr statement list_told{"test_told_of_channel", R"sql(
  SELECT type, metadata_json, member_id FROM publish_events WHERE channel_id = $1 AND post_id IS NULL ORDER BY id)sql"};

told tell(const told_row& from) {
  return {from.type, domain::sentence_of(from.type, "", from.metadata_json), from.member_id};
}

std::vector<told> told_of(publishing_store& store, const company& of, const base::uuid& id) {
  const auto rows = store.as(of, [&](transaction& tx) { return tx.execute(list_told, id).all<told_row>(); });
  std::vector<told> made;
  for (const auto& each : rows) made.push_back(tell(each));
  return made;
}

std::vector<std::string> types_told(publishing_store& store, const company& of, const base::uuid& id) {
  std::vector<std::string> types;
  for (const auto& each : told_of(store, of, id)) types.push_back(each.type);
  return types;
}

channels::channel get(publishing_store& store, const company& of, const base::uuid& id) {
  return store.as(of, [&](transaction& tx) { return channels::find(id).first(tx); }).value();
}

base::uuid store_account(publishing_store& store, const company& of, std::string token,
                         std::optional<std::string> handle) {
  return store.as(of, [&](transaction& tx) {
    const auto id = accounts::store(tx, {channel_type::x, "1001", handle, base::secret{token}}, tests::test_box(),
                                    base::new_uuid(noon()), noon());
    channels::reactivate(tx, id, of.owner_id, noon());
    return id;
  });
}

}  // namespace

TEST_CASE("a project has one website channel, and one channel an account") {
  publishing_store store;
  const auto acme = store.add_company();
  store.as(acme, [&](transaction& tx) {
    const channels::draft second{base::new_uuid(noon()), acme.project_id, channel_type::website, "Again", std::nullopt};
    CHECK_FALSE(channels::insert(tx, second, noon()));
    CHECK(channels::find_same(tx, second)->id == acme.website_id);
  });
}

TEST_CASE("a channel of a foreign project is not made") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  store.as(other, [&](transaction& tx) {
    const channels::draft intruder{base::new_uuid(noon()), acme.project_id, channel_type::website, "Mine",
                                   std::nullopt};
    CHECK_FALSE(channels::insert(tx, intruder, noon()));
    CHECK_FALSE(channels::find_same(tx, intruder));
    CHECK_FALSE(channels::find(acme.x_id).first(tx));
    CHECK_FALSE(channels::update(tx, acme.x_id, {.name = "Mine", .is_active = false}, other.owner_id, noon()));
    CHECK_FALSE(channels::remove(tx, acme.x_id, other.owner_id, noon()));
    CHECK(channels::lock_targets(tx, acme.project_id).empty());
    CHECK_FALSE(projects::exists(tx, acme.project_id));
  });
  CHECK(get(store, acme, acme.x_id).is_active);
}

TEST_CASE("a token is sealed for its row, and a new one takes its place") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto box = tests::test_box();
  const auto open = [&] {
    return store.as(acme, [&](transaction& tx) {
      const auto found = tx.execute(stored_token, "1001");
      REQUIRE(found.size() == 1);
      const auto sealed = found.get<bytes>(0, 1).value;
      CHECK(sealed.find("token") == std::string::npos);
      return *box.open(sealed, accounts::token_place(acme.id, found.get<base::uuid>(0, 0)));
    });
  };
  CHECK(open() == "token");
  const auto id = store_account(store, acme, "new token", std::nullopt);
  CHECK(open() == "new token");
  CHECK(store_account(store, acme, "newer token", "renamed") == id);
  CHECK(get(store, acme, acme.x_id).account->handle == "renamed");
  store_account(store, acme, "newest token", std::nullopt);
  CHECK(get(store, acme, acme.x_id).account->handle == "renamed");
}

TEST_CASE("a new token switches on what the engine had switched off, not what a person had") {
  publishing_store store;
  const auto acme = store.add_company();
  store.as_engine([&](transaction& tx) { tx.execute(disable, acme.id, acme.x_id); });
  CHECK_FALSE(get(store, acme, acme.x_id).is_active);
  store_account(store, acme, "new token", std::nullopt);
  CHECK(get(store, acme, acme.x_id).is_active);
  CHECK_FALSE(get(store, acme, acme.x_id).disabled_reason);
  store.as(acme, [&](transaction& tx) {
    channels::update(tx, acme.x_id, {.name = std::nullopt, .is_active = false}, acme.owner_id, noon());
  });
  store_account(store, acme, "newer token", std::nullopt);
  CHECK_FALSE(get(store, acme, acme.x_id).is_active);
}

TEST_CASE("removing a channel cancels what waits for it and leaves what is going out") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto waiting = store.add_post(acme, noon());
  const auto going_out = store.add_post(acme, noon(), {acme.x_id});
  const auto delivery = store.deliveries(acme, going_out).at(0).id;
  REQUIRE(store.begin(acme, delivery, fence, noon() + 1s));
  store.as(acme, [&](transaction& tx) { CHECK(channels::remove(tx, acme.x_id, acme.owner_id, noon() + 2s)); });
  for (const auto& each : store.deliveries(acme, waiting)) {
    CHECK(each.state == (each.channel_id == acme.x_id ? delivery_state::cancelled : delivery_state::waiting));
  }
  CHECK(store.post(acme, going_out)->status == domain::post_state::publishing);
  CHECK(store.end(acme, delivery, fence, delivery_state::published, noon() + 3s));
  CHECK(store.post(acme, going_out)->status == domain::post_state::published);
  store.as(acme, [&](transaction& tx) {
    CHECK_FALSE(channels::find(acme.x_id).first(tx));
    CHECK_FALSE(channels::remove(tx, acme.x_id, acme.owner_id, noon()));
    CHECK(channels::lock_targets(tx, acme.project_id).size() == 1);
  });
}

TEST_CASE(
    "removing a channel leaves what may be live on it for a person to look up, and never says that it did not go out") {
  static constexpr statement doubt{"test_doubt_of_channel", "UPDATE deliveries SET doubt_until = $2 WHERE id = $1"};
  static constexpr statement last_event{"test_last_event", R"sql(
    SELECT type, metadata_json, member_id FROM publish_events WHERE delivery_id = $1 ORDER BY id DESC LIMIT 1)sql"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto doubtful = store.add_post(acme, noon(), {acme.x_id});
  const auto id = store.deliveries(acme, doubtful).at(0).id;
  const auto plain = store.add_post(acme, noon(), {acme.x_id});
  store.as_engine([&](transaction& tx) { tx.execute(doubt, id, noon() + 1h); });
  store.as(acme, [&](transaction& tx) { CHECK(channels::remove(tx, acme.x_id, acme.owner_id, noon() + 2s)); });
  const auto left = store.deliveries(acme, doubtful).at(0);
  CHECK(left.state == delivery_state::unconfirmed);
  CHECK_FALSE(left.finished_at);
  CHECK(left.reason->find("may be live") != std::string::npos);
  const auto event =
      store.as(acme, [&](transaction& tx) { return tell(*tx.execute(last_event, id).first<told_row>()); });
  CHECK(event.type == "PublishUnconfirmed");
  CHECK(event.message == "The channel X @acme was removed, but the post may be live there: a person must look.");
  CHECK(event.by == acme.owner_id);
  CHECK(store.deliveries(acme, plain).at(0).state == delivery_state::cancelled);
}

TEST_CASE("switching a channel is told with who did it, once a change and never without one") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto change = [&](std::optional<bool> is_active, std::optional<std::string> name = std::nullopt) {
    store.as(acme, [&](transaction& tx) {
      REQUIRE(
          channels::update(tx, acme.x_id, {.name = std::move(name), .is_active = is_active}, acme.owner_id, noon()));
    });
  };
  change(std::nullopt, "X @renamed");
  change(true);
  CHECK(told_of(store, acme, acme.x_id).empty());
  change(false);
  change(false);
  change(true);
  const auto events = told_of(store, acme, acme.x_id);
  REQUIRE(events.size() == 2);
  CHECK(events[0].type == "ChannelSwitchedOff");
  CHECK(events[0].message == "The channel X @renamed was switched off.");
  CHECK(events[0].by == acme.owner_id);
  CHECK(events[1].type == "ChannelSwitchedOn");
  CHECK(events[1].message == "The channel X @renamed was switched on again.");
}

TEST_CASE("a new token is told as a connection of each channel that it releases, and of no other") {
  publishing_store store;
  const auto acme = store.add_company();
  store_account(store, acme, "new token", std::nullopt);
  CHECK(told_of(store, acme, acme.x_id).empty());
  store.as_engine([&](transaction& tx) { tx.execute(disable, acme.id, acme.x_id); });
  store_account(store, acme, "newer token", std::nullopt);
  const auto events = told_of(store, acme, acme.x_id);
  REQUIRE(events.size() == 1);
  CHECK(events[0].type == "ChannelReconnected");
  CHECK(events[0].message == "The account of the channel X @acme was connected again: what waits for it goes out.");
  CHECK(events[0].by == acme.owner_id);

  // Off by the engine, then by a person: that is another hold, and a token does not end it.
  store.as_engine([&](transaction& tx) { tx.execute(disable, acme.id, acme.x_id); });
  store.as(acme, [&](transaction& tx) {
    channels::update(tx, acme.x_id, {.name = std::nullopt, .is_active = false}, acme.owner_id, noon());
  });
  store_account(store, acme, "newest token", std::nullopt);
  CHECK(types_told(store, acme, acme.x_id) == std::vector<std::string>{"ChannelReconnected", "ChannelSwitchedOff"});
}

TEST_CASE("whatever changes what a claim may see has the tenant to itself until it commits") {
  // As a claim does; not to be had at once means that somebody has it.
  static constexpr statement look{"test_share_tenant", "SELECT id FROM tenants WHERE id = $1 FOR SHARE SKIP LOCKED"};
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto post = store.add_post(acme, noon());
  const auto account = store_account(store, acme, "token", std::nullopt);
  const auto is_free = [&](const company& of) {
    return !store.as_engine([&](transaction& tx) { return tx.execute(look, of.id); }).empty();
  };
  const auto has_it = [&](auto command) {
    store.as(acme, [&](transaction& tx) {
      command(tx);
      channels::find(acme.x_id).first(tx);  // sends what is queued
      CHECK_FALSE(is_free(acme));
      CHECK(is_free(other));
    });
    CHECK(is_free(acme));
  };
  const persistence::by_member by{.member_id = acme.owner_id, .now = noon()};
  has_it([&](transaction& tx) { posts::lock(tx, post); });
  has_it([&](transaction& tx) { pauses::pause_channel(tx, acme.x_id, by); });
  has_it([&](transaction& tx) { pauses::resume_channel(tx, acme.x_id, by); });
  has_it([&](transaction& tx) { pauses::pause_project(tx, acme.project_id, by); });
  has_it([&](transaction& tx) { pauses::resume_project(tx, acme.project_id, by); });
  has_it([&](transaction& tx) { pauses::pause_company(tx, by); });
  has_it([&](transaction& tx) { pauses::resume_company(tx, by); });
  has_it([&](transaction& tx) { channels::reactivate(tx, account, acme.owner_id, noon()); });
  has_it([&](transaction& tx) {
    channels::update(tx, acme.x_id, {.name = std::nullopt, .is_active = false}, acme.owner_id, noon());
  });
  has_it([&](transaction& tx) { channels::remove(tx, acme.x_id, acme.owner_id, noon()); });
}

TEST_CASE("a project's name is taken once a company") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto other = store.add_company("Other");
  const auto add = [&](const company& of) {
    return store.requests().transact_now(of.id, [&](transaction& tx) {
      projects::insert(tx, {base::new_uuid(noon()), "Second", "", "UTC", noon(), noon()});
    });
  };
  CHECK(add(acme));
  CHECK(add(other));
  const auto again = add(acme);
  REQUIRE(again.has_error());
  CHECK(again.error().kind == failure_kind::conflict);
  CHECK(again.error().constraint == projects::name_once);
  const auto renamed = store.requests().transact_now(acme.id, [&](transaction& tx) {
    return projects::update(tx, acme.project_id,
                            {.name = "Second", .description = std::nullopt, .time_zone = std::nullopt}, noon());
  });
  REQUIRE(renamed.has_error());
  CHECK(renamed.error().constraint == projects::name_once);
}

}  // namespace pulse::persistence
