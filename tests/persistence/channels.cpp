#include "persistence/channels.hpp"

#include <catch2/catch.hpp>

#include "persistence/accounts.hpp"
#include "persistence/projects.hpp"
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

channels::channel get(publishing_store& store, const company& of, const base::uuid& id) {
  return store.as(of, [&](transaction& tx) { return channels::get(tx, id); }).value();
}

base::uuid store_account(publishing_store& store, const company& of, std::string token,
                         std::optional<std::string> handle) {
  return store.as(of, [&](transaction& tx) {
    const auto id = accounts::store(tx, {channel_type::x, "1001", handle, base::secret{token}}, tests::test_box(),
                                    base::new_uuid(noon()), noon());
    channels::reactivate(tx, id, noon());
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
    CHECK_FALSE(channels::get(tx, acme.x_id));
    CHECK_FALSE(channels::update(tx, acme.x_id, {.name = "Mine", .is_active = false}, noon()));
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
    channels::update(tx, acme.x_id, {.name = std::nullopt, .is_active = false}, noon());
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
    CHECK_FALSE(channels::get(tx, acme.x_id));
    CHECK_FALSE(channels::remove(tx, acme.x_id, acme.owner_id, noon()));
    CHECK(channels::lock_targets(tx, acme.project_id).size() == 1);
  });
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
