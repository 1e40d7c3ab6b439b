#include "persistence/engine/ownership.hpp"

#include <future>
#include <latch>

#include <catch2/catch.hpp>

#include "tests/support/publishing_store.hpp"

namespace pulse::persistence {

namespace {

using namespace std::chrono_literals;
using tests::company;
using tests::noon;
using tests::publishing_store;

struct two_nodes {
  publishing_store store;
  company acme = store.add_company();
  base::uuid a = base::new_uuid(noon());
  base::uuid b = base::new_uuid(noon());

  void enter(const base::uuid& node, base::timestamp until) {
    store.as_engine([&](transaction& tx) { register_node(tx, node, "node", until, noon()); });
  }
  std::optional<std::int64_t> take(const base::uuid& node, base::timestamp now) {
    return store.as_engine([&](transaction& tx) { return take_tenant(tx, acme.id, node, now); });
  }
  bool renew(const base::uuid& node, base::timestamp until) {
    return store.as_engine([&](transaction& tx) { return renew_lease(tx, node, until, 0); });
  }
  std::vector<base::timestamp> ends(const base::uuid& node, base::timestamp until) {
    return store.as_engine([&](transaction& tx) { return lease_ends(tx, node, until); });
  }
  std::vector<base::uuid> work(const base::uuid& node, base::timestamp now, base::timestamp until) {
    return store.as_engine([&](transaction& tx) { return tenants_with_work(tx, node, until, now, 100); });
  }
};

}  // namespace

TEST_CASE("a tenant of nobody is taken, and every taking raises the fence") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  CHECK(n.take(n.a, noon()) == 1);
  CHECK(n.take(n.a, noon()) == 2);
}

TEST_CASE("a tenant is taken from another node only after its lease") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()) == 1);
  CHECK_FALSE(n.take(n.b, noon()));
  CHECK_FALSE(n.take(n.b, noon() + 15s - 1us));
  CHECK(n.take(n.b, noon() + 15s) == 2);
  CHECK_FALSE(n.take(n.a, noon() + 15s));  // and it has no way back while the new one lives
}

TEST_CASE("a tenant is handed over by its owner only, to a node that lives, and the fence grows") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 15s);
  REQUIRE(n.take(n.a, noon()) == 1);
  const auto hand = [&n](const base::uuid& from, std::int64_t fence, const base::uuid& to, base::timestamp now) {
    return n.store.as_engine([&](transaction& tx) { return hand_over(tx, n.acme.id, from, fence, to, now); });
  };
  CHECK_FALSE(hand(n.b, 1, n.b, noon()));
  CHECK_FALSE(hand(n.a, 2, n.b, noon()));
  CHECK_FALSE(hand(n.a, 1, base::new_uuid(noon()), noon()));
  CHECK_FALSE(hand(n.a, 1, n.b, noon() + 15s));
  CHECK(hand(n.a, 1, n.b, noon()));
  CHECK_FALSE(hand(n.a, 1, n.b, noon()));
  CHECK_FALSE(n.take(n.a, noon()));
  CHECK(n.take(n.b, noon()) == 3);  // without waiting for a lease
}

TEST_CASE("a tenant that is not there is nobody's") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  const auto taken =
      n.store.as_engine([&](transaction& tx) { return take_tenant(tx, base::new_uuid(noon()), n.a, noon()); });
  CHECK_FALSE(taken);
}

TEST_CASE("a lease is renewed until somebody buries its node, also after its end") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  CHECK(n.renew(n.a, noon() + 20s));
  CHECK_FALSE(n.take(n.b, noon() + 16s));
  CHECK(n.renew(n.a, noon() + 60s));  // when it ended long ago: nobody has taken anything under it
  CHECK_FALSE(n.take(n.b, noon() + 30s));
  CHECK(n.take(n.b, noon() + 60s) == 2);
  CHECK_FALSE(n.renew(n.a, noon() + 90s));
}

TEST_CASE("a renewal, or an entry, that arrives late shortens nothing") {
  two_nodes n;
  n.enter(n.a, noon() + 60s);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  CHECK(n.renew(n.a, noon() + 20s));
  n.enter(n.a, noon() + 15s);
  CHECK_FALSE(n.take(n.b, noon() + 59s));
  CHECK(n.take(n.b, noon() + 60s) == 2);
}

TEST_CASE("the ends of the other nodes' leases are those that passed and those that are near") {
  two_nodes n;
  const auto c = base::new_uuid(noon());
  n.enter(n.a, noon() - 1s);
  n.enter(n.b, noon() - 2h);
  n.enter(c, noon() + 5s);
  n.enter(base::new_uuid(noon()), noon() + 8s);
  CHECK(n.ends(n.a, noon() + 7s) == std::vector<base::timestamp>{noon() + 5s, noon() - 2h});
  CHECK(n.ends(c, noon() + 7s) == std::vector<base::timestamp>{noon() - 1s, noon() - 2h});
  REQUIRE(n.take(n.a, noon()));  // buries them
  CHECK(n.ends(n.a, noon() + 7s) == std::vector<base::timestamp>{noon() + 5s});
}

TEST_CASE("the server's time goes on within a transaction") {
  publishing_store store;
  const base::system_clock clock;
  const auto before = clock.now();
  const auto [one, two] = store.as_engine([](transaction& tx) {
    const auto first = server_time(tx);
    return std::pair{first, server_time(tx)};
  });
  CHECK(before <= one);
  CHECK(one < two);
  CHECK(two <= clock.now());
}

TEST_CASE("a lease that somebody saw end does not come back to life") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  REQUIRE(n.take(n.b, noon() + 15s));
  CHECK_FALSE(n.renew(n.a, noon() + 40s));
}

TEST_CASE("a buried node's lease is over at once, and its tenants are free") {
  two_nodes n;
  n.enter(n.a, noon() + 1h);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  n.store.as_engine([&](transaction& tx) { bury_nodes(tx, {n.a}); });
  CHECK_FALSE(n.renew(n.a, noon() + 2h));
  CHECK(n.take(n.b, noon()) == 2);
}

TEST_CASE("a node that gives its lease back lets others take over at once") {
  two_nodes n;
  n.enter(n.a, noon() + 1h);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  n.store.as_engine([&](transaction& tx) { release_node(tx, n.a); });
  CHECK(n.take(n.b, noon()) == 2);
}

TEST_CASE("a renewal and a takeover that meet agree on who lives") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 1h);
  REQUIRE(n.take(n.a, noon()));
  std::latch worked{1};
  std::latch go{1};
  const auto holding = [&](auto job) {
    return std::async(std::launch::async, [&, job] {
      return n.store.engine().transact_now(std::nullopt, [&](transaction& tx) {
        auto value = job(tx);
        worked.count_down();
        go.wait();
        return value;
      });
    });
  };
  const auto renewing = [&](transaction& tx) { return renew_lease(tx, n.a, noon() + 30s, 0); };
  const auto taking = [&](transaction& tx) { return take_tenant(tx, n.acme.id, n.b, noon() + 15s).value_or(0); };
  SECTION("the renewal first: it lives") {
    auto renewal = holding(renewing);
    worked.wait();
    auto takeover = std::async(std::launch::async, [&] { return n.store.engine().transact_now(std::nullopt, taking); });
    go.count_down();
    CHECK(*renewal.get());
    CHECK(*takeover.get() == 0);
  }
  SECTION("the takeover first: it is over") {
    auto takeover = holding(taking);
    worked.wait();
    auto renewal =
        std::async(std::launch::async, [&] { return n.store.engine().transact_now(std::nullopt, renewing); });
    go.count_down();
    CHECK(*takeover.get() == 2);
    CHECK_FALSE(*renewal.get());
  }
}

TEST_CASE("of two nodes that take a tenant of nobody at once, one gets it") {
  for (int round = 0; round < 10; ++round) {
    two_nodes n;
    n.enter(n.a, noon() + 15s);
    n.enter(n.b, noon() + 15s);
    std::latch both{2};
    const auto taking = [&](const base::uuid& node) {
      return std::async(std::launch::async, [&, node] {
        both.arrive_and_wait();
        return n.take(node, noon());
      });
    };
    auto one = taking(n.a);
    auto two = taking(n.b);
    CHECK(one.get().has_value() != two.get().has_value());
  }
}

TEST_CASE("tenants with work are those that wait for this node: soon due, or left in the middle") {
  two_nodes n;
  n.enter(n.a, noon() + 15s);
  n.enter(n.b, noon() + 1h);
  CHECK(n.work(n.a, noon(), noon() + 1min).empty());
  n.store.add_post(n.acme);  // a draft
  CHECK(n.work(n.a, noon(), noon() + 1min).empty());
  n.store.add_post(n.acme, noon() + 30s);
  CHECK(n.work(n.a, noon(), noon() + 30s).empty());
  CHECK(n.work(n.a, noon(), noon() + 1min) == std::vector{n.acme.id});
  REQUIRE(n.take(n.a, noon()));
  CHECK(n.work(n.a, noon(), noon() + 1min) == std::vector{n.acme.id});
  CHECK(n.work(n.b, noon(), noon() + 1min).empty());  // another living node has it
  CHECK(n.work(n.b, noon() + 15s, noon() + 1min) == std::vector{n.acme.id});
}

TEST_CASE("an attempt that was left in the middle is work, however long ago") {
  publishing_store store;
  const auto acme = store.add_company();
  const auto fence = store.own(acme);
  const auto post = store.add_post(acme, noon(), {acme.website_id});
  REQUIRE(store.begin(acme, store.deliveries(acme, post).at(0).id, fence, noon()));
  const auto found = store.as_engine(
      [&](transaction& tx) { return tenants_with_work(tx, store.node_id(), noon() + 720h, noon() + 719h, 100); });
  CHECK(found == std::vector{acme.id});
}

}  // namespace pulse::persistence
