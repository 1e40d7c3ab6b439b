#include "persistence/publishing/website_publications.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

namespace publications = website_publications;
using namespace std::chrono_literals;
using tests::noon;
using tests::publishing_store;

/// A post of Acme's to its website that is being sent, by its first attempt.
struct sent_post {
  publishing_store store;
  tests::company acme = store.add_company();
  std::int64_t fence = store.own(acme);
  publications::publication wanted{};
  base::uuid delivery_id{};

  sent_post() { send_another(); }

  void send_another() {
    const auto post = store.add_post(acme, noon(), {acme.website_id});
    wanted = {base::new_uuid(noon()), acme.project_id, post, acme.website_id, "", "Text", noon()};
    delivery_id = store.deliveries(acme, post).at(0).id;
    REQUIRE(store.begin(acme, delivery_id, fence, noon()));
  }

  auto write(const publications::publication& what) {
    return store.engine().transact_now(std::nullopt, [&](transaction& tx) {
      return publications::store(tx, acme.id, what, {delivery_id, 1});
    });
  }
};

}  // namespace

TEST_CASE("publishing twice on the website is the same as once") {
  sent_post of;
  const auto first = of.write(of.wanted);
  REQUIRE(first);
  REQUIRE(*first);
  CHECK((*first)->title == "Title");
  auto again = of.wanted;
  again.text = "another text";
  again.published_at = noon() + 1h;
  const auto second = of.write(again);
  REQUIRE(second);
  REQUIRE(*second);
  CHECK((*second)->id == (*first)->id);
  CHECK((*second)->text == "Text");
  CHECK((*second)->published_at == noon());
  of.store.as_engine([&](transaction& tx) {
    CHECK(publications::is_stored(tx, of.acme.id, of.wanted.id));
    CHECK_FALSE(publications::is_stored(tx, of.acme.owner_id, of.wanted.id));
  });
}

TEST_CASE("the website is written only while the attempt in whose name it is written is being sent") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.website_id});
  const auto delivery = store.deliveries(acme, post).at(0).id;
  const publications::publication wanted{
      base::new_uuid(noon()), acme.project_id, post, acme.website_id, "", "Text", noon()};
  const auto write = [&](int attempt) {
    return store.as_engine([&](transaction& tx) {
      return publications::store(tx, acme.id, wanted, {delivery, attempt});
    });
  };
  CHECK_FALSE(write(1));
  REQUIRE(store.begin(acme, delivery, fence, noon()));
  CHECK_FALSE(write(2));
  SECTION("given up meanwhile: what a look has called absent stays absent") {
    REQUIRE(store.end(acme, delivery, fence, domain::delivery_state::unknown, noon() + 20s));
    CHECK_FALSE(write(1));
    CHECK_FALSE(store.as_engine([&](transaction& tx) { return publications::is_stored(tx, acme.id, wanted.id); }));
  }
  SECTION("under way") {
    const auto stored = write(1);
    REQUIRE(stored);
    CHECK(stored->id == wanted.id);
    REQUIRE(store.end(acme, delivery, fence, domain::delivery_state::published, noon() + 1s));
    CHECK(write(1).has_value());  // it is there already
  }
}

TEST_CASE("publishing at the same moment on the website is the same as once") {
  sent_post of;
  for (int round = 0; round < 20; ++round) {
    if (round > 0) of.send_another();
    auto other = std::async(std::launch::async, [&] { return of.write(of.wanted); });
    const auto mine = of.write(of.wanted);
    const auto theirs = other.get();
    REQUIRE(mine);
    REQUIRE(theirs);
    REQUIRE(*mine);
    REQUIRE(*theirs);
    CHECK((*mine)->id == (*theirs)->id);
  }
}

TEST_CASE("a site is found by its project alone, and is gone when its website channel is removed") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto owner = [&] {
    const auto found = store.requests().transact_now(
        std::nullopt, [&](transaction& tx) { return publications::find_owner(acme.project_id).first(tx); });
    REQUIRE(found);
    return *found;
  };
  REQUIRE(owner());
  CHECK(owner()->tenant_id == acme.id);
  CHECK_FALSE(owner()->is_gone);
  const auto site = store.as(acme, [&](transaction& tx) { return publications::find_site(acme.project_id).first(tx); });
  REQUIRE(site);
  CHECK(site->company == "Acme");
  store.as(acme, [&](transaction& tx) { channels::remove(tx, acme.website_id, acme.owner_id, noon()); });
  REQUIRE(owner());
  CHECK(owner()->is_gone);
  const auto second = base::new_uuid(noon());
  store.as(acme, [&](transaction& tx) {
    channels::insert(tx, {second, acme.project_id, domain::channel_type::website, "Again", std::nullopt}, noon());
  });
  CHECK_FALSE(owner()->is_gone);
}

}  // namespace pulse::persistence
