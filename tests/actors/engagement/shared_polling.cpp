// Feeds that several companies track, polled by two nodes: how often the site is called, and which posts each company
// gets.
#include "tests/actors/engagement/feed_nodes.hpp"

namespace pulse::actors {

TEST_CASE(
    "fifty companies that track one feed on two nodes make one fetch an interval, and each finds each post once") {
  nodes with;
  const auto all = with.companies(50, with.acme.url("/feed.json"));
  with.settle();
  CHECK(with.acme.fetches() == 1);
  for (const auto& each : all) REQUIRE(with.found(each) == list{"1", "2", "3"});
  // A post a day: looked at every three hours.
  for (int round = 1; round <= 4; ++round) {
    with.acme.publish(3 + round);
    with.clock.advance(3h + 1min);
    with.settle();
    CHECK(with.acme.fetches() == 1 + static_cast<std::size_t>(round));
  }
  for (const auto& each : all) REQUIRE(with.found(each) == list{"1", "2", "3", "4", "5", "6", "7"});
  with.clock.advance(3h + 1min);
  with.settle();
  CHECK(with.acme.last_request().find("if-none-match: \"7\"") != std::string::npos);
}

TEST_CASE("a later company gets the feed's present entries, fetched anew, and no earlier ones") {
  nodes with;
  with.companies(2, with.acme.url("/feed.json"));
  with.settle();
  with.acme.publish(5);
  with.clock.advance(3h + 1min);
  with.settle();
  REQUIRE(with.acme.fetches() == 2);
  with.acme.publish(6);
  with.clock.advance(1h);
  const auto late = with.companies(1, with.acme.url("/feed.json"));
  with.settle();
  CHECK(with.acme.fetches() == 3);
  CHECK(with.found(late[0]) == list{"4", "5", "6"});
  // The others find it with their next look, for which nothing has to be fetched.
  with.clock.advance(2h + 1min);
  with.settle();
  CHECK(with.acme.fetches() == 3);
  with.acme.publish(7);
  with.clock.advance(4h);
  with.settle();
  CHECK(with.found(late[0]) == list{"4", "5", "6", "7"});
}

TEST_CASE("a node that dies between a fetch and the rows loses nothing and doubles nothing") {
  nodes with{0};
  const auto all = with.companies(20, with.acme.url("/feed.json"));
  std::atomic<int> lost{0};
  auto& dying = with.start([real = with.source(), &lost](const persistence::polls::due_page& page, auto) {
    real(page, [&lost](const persistence::polls::page_answer&) { ++lost; });
  });
  const auto limit = std::chrono::steady_clock::now() + long_patience;
  while (lost < 20 && std::chrono::steady_clock::now() < limit) {
    dying.wake();
    std::this_thread::yield();
  }
  CHECK(lost == 20);
  CHECK(with.acme.fetches() == 1);
  for (const auto& each : all) REQUIRE(with.found(each).empty());
  dying.stop();
  with.running.clear();
  with.start(with.source());
  with.acme.publish(4);
  with.clock.advance(121s);
  with.settle();
  CHECK(with.acme.fetches() == 2);
  for (const auto& each : all) REQUIRE(with.found(each) == list{"2", "3", "4"});
}

TEST_CASE("a node that dies between the shared rows and its own gets them again") {
  nodes with{0};
  const auto all = with.companies(10, with.acme.url("/feed.json"));
  std::atomic<int> answers{0};
  // The first fetches and stores; the others die with what they were given.
  auto& dying = with.start([real = with.source(), &answers](const persistence::polls::due_page& page, auto done) {
    real(page, [&answers, done = std::move(done)](persistence::polls::page_answer answer) {
      if (answer.turn || answer.waits_until || answers++ == 0) done(std::move(answer));
    });
  });
  // One fetches, and nine are handed what it found.
  const auto limit = std::chrono::steady_clock::now() + long_patience;
  while (answers < 9 && std::chrono::steady_clock::now() < limit) {
    dying.wake();
    std::this_thread::yield();
    if (with.open(true).busy == 0) with.clock.advance(500ms);
  }
  REQUIRE(answers == 9);
  dying.stop();
  with.running.clear();
  CHECK(with.acme.fetches() == 1);
  with.acme.publish(9);  // the feed has dropped what they have not seen
  with.start(with.source());
  with.start(with.source());
  with.clock.advance(3h + 2min);
  with.settle();
  CHECK(with.acme.fetches() == 2);
  for (const auto& each : all) REQUIRE(with.found(each) == list{"1", "2", "3", "7", "8", "9"});
}

}  // namespace pulse::actors
