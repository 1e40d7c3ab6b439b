// Isolation of companies that track the same feed: what they share, and what they never share; failing feeds, and turns
// at a host.
#include "tests/actors/engagement/feed_nodes.hpp"

namespace pulse::actors {

TEST_CASE("an address that may hold a key is fetched for its company alone, and nothing of it is kept for others") {
  nodes with;
  const auto all = with.companies(3, with.acme.url("/feed.json?token=abc"));
  with.settle();
  CHECK(with.acme.fetches() == 3);
  CHECK(with.shared_rows() == 0);
  for (const auto& each : all) CHECK(with.found(each) == list{"1", "2", "3"});
}

TEST_CASE("a feed that one company tracks alone is nobody else's either, and no request sees what is shared") {
  nodes with;
  const auto alone = with.companies(1, with.acme.url("/alone.json"));
  with.settle();
  CHECK(with.shared_rows() == 0);
  const auto two = with.companies(2, with.acme.url("/feed.json"));
  with.settle();
  CHECK(with.shared_rows() == 1);
  for (const auto* table : {"shared_feeds", "feed_hosts"}) {
    const auto text = fmt::format("SELECT * FROM {}", table);
    auto seen = with.store.requests().transact_now(two[0].id, [&](transaction& tx) {
      tx.execute({std::string_view{table}, text});
    });
    CHECK(seen.has_error());
  }
  CHECK(with.found(alone[0]).size() == 3);
}

namespace {

/// What a company sees of its page in two hours and a half, with others that come, look and ask in between, or without.
std::vector<pages::poll_status> seen_by_one(bool with_others) {
  nodes with;
  const auto url = with.acme.url("/feed.json");
  const auto mine = with.store.add_company();
  const auto page = with.track(mine, url);
  with.settle();
  std::vector<pages::poll_status> seen{with.status(mine, page)};
  if (with_others) {
    with.companies(3, url);
    with.settle();
  }
  seen.push_back(with.status(mine, page));
  with.clock.set(noon() + 2h);
  if (with_others) {
    const auto theirs = with.store.add_company();
    const auto other = with.track(theirs, url);
    with.settle();
    with.clock.set(noon() + 2h + 5min);
    CHECK(with.ask(theirs, other));
    with.settle();
  }
  with.clock.set(noon() + 2h + 10min);
  seen.push_back(with.status(mine, page));
  CHECK(with.ask(mine, page));
  CHECK_FALSE(with.ask(mine, page));
  with.settle();
  seen.push_back(with.status(mine, page));
  return seen;
}

}  // namespace

TEST_CASE("a page's status does not reveal that another company tracks the feed") {
  const auto alone = seen_by_one(false);
  const auto together = seen_by_one(true);
  REQUIRE(alone.size() == together.size());
  for (std::size_t i = 0; i < alone.size(); ++i) {
    INFO(i);
    CHECK(alone[i].state == together[i].state);
    CHECK(alone[i].is_shared);
    CHECK(together[i].is_shared);
    CHECK(alone[i].failures == together[i].failures);
    CHECK(alone[i].hold == together[i].hold);
    CHECK(alone[i].posts == together[i].posts);
    // Up to the moments that a turn at the host takes, which another page of the same company's takes as well.
    CHECK(std::chrono::abs(*alone[i].last_polled_at - *together[i].last_polled_at) < 10s);
    CHECK(std::chrono::abs(*alone[i].next_poll_at - *together[i].next_poll_at) < 10s);
  }
}

TEST_CASE("asking by hand fetches when the last fetch is older than a minute, whoever made it") {
  nodes with;
  const auto url = with.acme.url("/feed.json");
  const auto a = with.store.add_company();
  const auto b = with.store.add_company();
  const auto of_a = with.track(a, url);
  const auto of_b = with.track(b, url);
  with.settle();
  with.clock.set(noon() + 30min);
  CHECK(with.ask(a, of_a));
  with.settle();
  CHECK(with.acme.fetches() == 2);
  with.clock.set(noon() + 30min + 30s);
  CHECK(with.ask(b, of_b));
  with.settle();
  CHECK(with.acme.fetches() == 2);
  with.clock.set(noon() + 32min);
  CHECK(with.ask(b, of_b));
  with.settle();
  CHECK(with.acme.fetches() == 3);
}

TEST_CASE("a feed that fails says so to all of its companies and is left alone by all of them until it may be asked") {
  nodes with;
  const auto url = with.acme.url("/feed.json");
  const auto a = with.store.add_company();
  const auto b = with.store.add_company();
  const auto of_a = with.track(a, url);
  const auto of_b = with.track(b, url);
  with.acme.answer(503, "retry-after: 7200\r\n");
  with.settle();
  CHECK(with.acme.fetches() == 1);
  for (const auto& [by, page] : {std::pair{a, of_a}, std::pair{b, of_b}}) {
    CHECK(with.status(by, page).state == pages::poll_state::failing);
    CHECK(with.status(by, page).problem == "The feed's server answered 503.");
  }
  with.clock.set(noon() + 90min);
  CHECK(with.ask(b, of_b));
  with.settle();
  CHECK(with.acme.fetches() == 1);
  with.acme.answer(200);
  with.clock.set(noon() + 2h + 2min);
  CHECK(with.ask(b, of_b));
  with.settle();
  CHECK(with.acme.fetches() == 2);
  CHECK(with.found(b) == list{"1", "2", "3"});
  CHECK(with.status(b, of_b).state == pages::poll_state::waiting);
}

TEST_CASE("one host is asked for one feed at a time, by whichever node, with a pause between") {
  nodes with;
  for (int i = 0; i < 12; ++i) with.companies(1, with.acme.url(fmt::format("/feed{}.json", i)));
  with.settle();
  CHECK(with.acme.fetches() == 12);
  CHECK(with.acme.most_at_once() == 1);
  const auto arrivals = with.acme.arrivals();
  for (std::size_t i = 1; i < arrivals.size(); ++i) CHECK(arrivals[i] - arrivals[i - 1] >= domain::host_pause);
}

TEST_CASE("feeds that nobody has needed for long are forgotten") {
  nodes with;
  with.companies(2, with.acme.url("/feed.json"));
  with.settle();
  const auto forget = [&](base::timestamp before) {
    return with.store.as_engine([&](transaction& tx) { return persistence::shared_feeds::forget(tx, before, 100); });
  };
  CHECK(forget(noon() - 1h) == 0);
  CHECK(forget(noon() + 24h) == 2);
  CHECK(with.shared_rows() == 0);
}

}  // namespace pulse::actors
