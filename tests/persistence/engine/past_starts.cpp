// The attempts that count against a tenant's budgets, as a new owner or a simulation reads them.
#include <algorithm>

#include <catch2/catch.hpp>

#include "persistence/budgets/usage.hpp"
#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::company;
using tests::noon;
using tests::publishing_store;

/// Begins an attempt of a new post on the channel.
base::uuid begin(publishing_store& store, const company& of, std::int64_t fence, const base::uuid& channel_id,
                 base::timestamp at) {
  const auto id = store.deliveries(of, store.add_post(of, noon(), {channel_id})).at(0).id;
  REQUIRE(store.begin(of, id, fence, at));
  return id;
}

/// One more account of the company at X; its channel.
base::uuid add_x_channel(publishing_store& store, const company& of, const std::string& external_id) {
  const auto id = base::new_uuid(noon());
  store.as(of, [&](transaction& tx) {
    const auto account = accounts::store(tx, {domain::channel_type::x, external_id, external_id, base::secret{"token"}},
                                         tests::test_box(), base::new_uuid(noon()), noon());
    channels::insert(tx, {id, of.project_id, domain::channel_type::x, "X " + external_id, account}, noon());
  });
  return id;
}

/// Ends the first attempt as one that is to be tried again.
void end_for_nothing(publishing_store& store, const company& of, const base::uuid& id, std::int64_t fence,
                     bool was_called, base::timestamp at, domain::outcome_kind kind = domain::outcome_kind::transient) {
  delivery_change found;
  found.tenant_id = of.id;
  found.delivery_id = id;
  found.fence = fence;
  found.attempt = 1;
  found.to = domain::delivery_state::waiting;
  found.not_before = at + 1h;
  found.outcome = kind;
  domain::publish_retry_scheduled facts;
  if (!was_called) facts.was_called = false;
  facts.outcome = kind;
  found.event = std::move(facts);
  found.at = at;
  REQUIRE(store.as_engine([&](transaction& tx) { return record(tx, store.node_id(), std::vector{found}); }).size() ==
          1);
}

std::vector<past_start> starts(publishing_store& store, const company& of, int limit,
                               base::timestamp since = noon() - 1h) {
  return store.as_engine([&](transaction& tx) { return select_starts(tx, of.id, since, noon() + 1h, limit); });
}

}  // namespace

TEST_CASE("an attempt counts once, whether it runs, has ended, or ended twice") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  begin(store, acme, fence, acme.website_id, noon() + 3s);
  const auto ended = begin(store, acme, fence, acme.website_id, noon() + 2s);
  REQUIRE(store.end(acme, ended, fence, domain::delivery_state::unknown, noon() + 4s));
  REQUIRE(store
              .as_engine([&](transaction& tx) {
                delivery_change found;
                found.tenant_id = acme.id;
                found.delivery_id = ended;
                found.fence = fence;
                found.attempt = 1;
                found.from = domain::delivery_state::unknown;
                found.to = domain::delivery_state::published;
                found.external_id = "external-1";
                found.event = domain::publish_succeeded{};
                found.at = noon() + 5s;
                return record(tx, store.node_id(), std::vector{found});
              })
              .size() == 1);
  const auto known = starts(store, acme, 10);
  REQUIRE(known.size() == 2);
  CHECK(known[0].at == noon() + 2s);
  CHECK(known[1].at == noon() + 3s);
  CHECK(known[1].channel_type == domain::channel_type::website);
  CHECK(known[1].budget == acme.website_id);
  CHECK_FALSE(known[0].published_nothing);  // the last word on it
  CHECK_FALSE(known[1].published_nothing);  // not known yet
  CHECK(starts(store, acme, 10, noon() + 2s).size() == 1);
  CHECK(starts(store, store.add_company("Other"), 10).empty());
}

TEST_CASE("a busy account makes no other budget forget: the latest of each are known") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto second_id = add_x_channel(store, acme, "1002");
  begin(store, acme, fence, acme.website_id, noon() + 1s);
  begin(store, acme, fence, second_id, noon() + 2s);
  for (int i = 0; i < 4; ++i) begin(store, acme, fence, acme.x_id, noon() + 10s + std::chrono::seconds{i});
  const auto known = starts(store, acme, 2);
  REQUIRE(known.size() == 4);
  CHECK(known[0].budget == acme.website_id);
  CHECK(known[1].channel_type == domain::channel_type::x);
  CHECK(known[1].at == noon() + 2s);
  CHECK(known[2].budget != known[1].budget);
  CHECK(known[2].at == noon() + 12s);
  CHECK(known[3].budget == known[2].budget);
  CHECK(known[3].at == noon() + 13s);
}

TEST_CASE("an attempt that never called the platform counts for nothing, and hides none that did") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  using kind = domain::outcome_kind;
  int second = 0;
  begin(store, acme, fence, acme.x_id, noon() + 1s);
  for (const auto how : {kind::transient, kind::invalid, kind::permission, kind::auth_expired, kind::rate_limited}) {
    const auto at = noon() + std::chrono::seconds{10 + ++second};
    end_for_nothing(store, acme, begin(store, acme, fence, acme.x_id, at), fence, false, at + 1s, how);
  }
  const auto called = begin(store, acme, fence, acme.x_id, noon() + 30s);
  end_for_nothing(store, acme, called, fence, true, noon() + 31s);
  const auto known = starts(store, acme, 2);
  REQUIRE(known.size() == 2);
  CHECK(known[0].at == noon() + 1s);
  CHECK(known[1].at == noon() + 30s);
  CHECK(known[1].published_nothing);
}

TEST_CASE("what a budget shows as used is what its limiter counts: calls that were made, or what was published") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto used = [&](bool counts_posts) {
    const auto shown = store.as(acme, [&](transaction& tx) {
      return usage::list(tx, acme.project_id, {{domain::channel_type::x, 86'400, counts_posts}}, noon() + 1h);
    });
    const auto its =
        std::find_if(shown.begin(), shown.end(), [&](const auto& row) { return row.channel_id == acme.x_id; });
    REQUIRE(its != shown.end());
    return std::pair{its->used, its->oldest_at};
  };
  end_for_nothing(store, acme, begin(store, acme, fence, acme.x_id, noon() + 1s), fence, false, noon() + 2s);
  CHECK(used(false) == std::pair{std::int64_t{0}, std::optional<base::timestamp>{}});
  end_for_nothing(store, acme, begin(store, acme, fence, acme.x_id, noon() + 3s), fence, true, noon() + 4s);
  CHECK(used(false) == std::pair{std::int64_t{1}, std::optional{noon() + 3s}});
  CHECK(used(true).first == 0);
  const auto published = begin(store, acme, fence, acme.x_id, noon() + 5s);
  CHECK(used(true).first == 1);  // it may be live yet
  REQUIRE(store.end(acme, published, fence, domain::delivery_state::published, noon() + 6s));
  CHECK(used(true) == std::pair{std::int64_t{1}, std::optional{noon() + 5s}});
  CHECK(used(false).first == 2);
}

}  // namespace pulse::persistence
