// Feeds that several companies track, polled by two nodes: how often the site is asked, and what each company finds.
#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <fmt/core.h>

#include "actors/engagement/page_sources.hpp"
#include "persistence/engagement/pages.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
using persistence::transaction;
namespace pages = persistence::tracked_pages;

/// Longer than fifty companies take on a busy machine.
constexpr std::chrono::seconds long_patience{120};

/// A company's site: a feed at every path, of as many entries as the test says, one a day.
class site {
 public:
  explicit site(const base::clock& clock) : clock_(clock) {}

  void publish(int entries) {
    const std::lock_guard lock{mutex_};
    entries_ = entries;
  }
  void answer(int status, std::string headers = {}) {
    const std::lock_guard lock{mutex_};
    status_ = status;
    headers_ = std::move(headers);
  }
  std::string url(const std::string& path) const { return server_.url(path); }
  std::size_t fetches() const { return server_.requests().size(); }
  std::string last_request() const { return server_.requests().back(); }
  int most_at_once() const { return most_; }
  std::vector<base::timestamp> arrivals() const {
    const std::lock_guard lock{mutex_};
    return arrivals_;
  }

 private:
  void serve(raw_connection& with) {
    while (const auto request = with.read_request()) {
      const int together = ++at_once_;
      int seen = most_;
      while (seen < together && !most_.compare_exchange_weak(seen, together)) {
      }
      auto [status, headers, body] = reply_to(*request);
      std::this_thread::yield();
      --at_once_;
      with.reply(status, body, headers);
    }
  }
  std::tuple<int, std::string, std::string> reply_to(const std::string& request) {
    const std::lock_guard lock{mutex_};
    arrivals_.push_back(clock_.now());
    const auto etag = fmt::format("\"{}\"", entries_);
    if (status_ != 200) return {status_, headers_, "no"};
    if (request.find("if-none-match: " + etag) != request.npos) return {304, "etag: " + etag + "\r\n", ""};
    std::string items;
    for (int i = entries_; i > std::max(0, entries_ - 3); --i) {
      items += fmt::format(R"({}{{"id":"{}","title":"Entry {}","date_published":"{}"}})", items.empty() ? "" : ",", i,
                           i, base::to_string(noon() - 73h + 24h * i));
    }
    return {200, "etag: " + etag + "\r\n", R"({"version":"https://jsonfeed.org/version/1.1","items":[)" + items + "]}"};
  }

  const base::clock& clock_;
  mutable std::mutex mutex_;
  int entries_ = 3;
  int status_ = 200;
  std::string headers_;
  std::vector<base::timestamp> arrivals_;
  std::atomic<int> at_once_{0};
  std::atomic<int> most_{0};
  raw_server server_{[this](raw_connection& with) { serve(with); }};
};

struct external_id {
  std::string external_id;
};
BOOST_DESCRIBE_STRUCT(external_id, (), (external_id))

struct counts {
  std::int64_t busy = 0;  // due, or being looked at
  std::int64_t soon = 0;  // waiting for a turn
};
BOOST_DESCRIBE_STRUCT(counts, (), (busy, soon))

constexpr persistence::statement count_open{"count_open_polls_in_test", R"sql(
  SELECT count(*) FILTER (WHERE next_poll_at <= $1::timestamptz AND (polling_until IS NULL OR polling_until <= $1::timestamptz)
                          OR polling_until > $1::timestamptz AND NOT $3::boolean) AS busy,
         count(*) FILTER (WHERE next_poll_at > $1::timestamptz AND next_poll_at <= $2::timestamptz) AS soon FROM tracked_pages)sql"};

struct nodes {
  publishing_store store;
  base::manual_clock clock{noon()};
  persistence::secret_box box = test_box();
  site acme{clock};
  connectors::egress client{{.user_given = connectors::reach::internet_and_loopback}, clock};
  connectors::connector_registry platforms;
  std::vector<std::unique_ptr<page_poller>> running;

  explicit nodes(int count = 2) {
    for (int i = 0; i < count; ++i) start(source());
  }
  ~nodes() {
    for (auto& each : running) each->stop();
    client.stop();
    store.engine().stop();
  }

  page_source source() { return page_sources({store.engine(), box, clock, client, platforms}); }
  page_poller& start(page_source through) {
    running.push_back(std::make_unique<page_poller>(
        page_poller::parts{store.engine(), clock, client, std::move(through), [] { return 0.5; }, {}},
        page_poller::options{}));
    return *running.back();
  }

  base::uuid track(const company& by, const std::string& url) {
    const auto id = base::new_uuid(clock.now());
    const auto address = domain::read_page_address(url, true);
    REQUIRE(address.page);
    store.as(by, [&](transaction& tx) {
      pages::insert(tx,
                    {.id = id,
                     .kind = address.page->kind,
                     .url = address.page->url,
                     .name = "Page",
                     .feed_url = address.page->url,
                     .organization = std::nullopt,
                     .added_by = by.owner_id},
                    clock.now());
      pages::store(tx, {.page_id = id, .member_id = by.owner_id, .created_at = clock.now(), .updated_at = clock.now()});
    });
    return id;
  }
  std::vector<company> companies(int count, const std::string& url) {
    std::vector<company> made;
    for (int i = 0; i < count; ++i) {
      made.push_back(store.add_company());
      track(made.back(), url);
    }
    return made;
  }

  counts open(bool ignoring_taken) {
    return *store.as_engine([&](transaction& tx) {
      return tx.execute(count_open, clock.now(), clock.now() + 5min, ignoring_taken).first<counts>();
    });
  }
  /// Lets all that is due be looked at; time goes on while something waits for its turn.
  void settle() {
    const auto limit = std::chrono::steady_clock::now() + long_patience;
    while (std::chrono::steady_clock::now() < limit) {
      const auto left = open(false);
      if (left.busy == 0 && left.soon == 0) return;
      if (left.busy == 0) clock.advance(500ms);
      for (auto& each : running) each->wake();
      std::this_thread::sleep_for(1ms);
    }
    FAIL("pages are still to be looked at");
  }

  /// In the order in which they were stored.
  std::vector<std::string> found(const company& by) {
    std::vector<std::string> made;
    for (auto& each : store.as(by, [](transaction& tx) {
           return tx
               .execute({"found_in_test",
                         "SELECT external_id FROM tracked_posts WHERE tenant_id = pulse_tenant() ORDER BY "
                         "xmin::text::bigint, cmin::text::bigint"})
               .all<external_id>();
         }))
      made.push_back(std::move(each.external_id));
    return made;
  }
  pages::poll_status status(const company& by, const base::uuid& page) {
    return *store.as(by, [&](transaction& tx) {
      return tx.execute(pages::find_poll_status, page, clock.now()).first<pages::poll_status>();
    });
  }
  bool ask(const company& by, const base::uuid& page) {
    return store.as(by, [&](transaction& tx) { return pages::poll_now(tx, page, clock.now(), 60s); });
  }
  std::size_t shared_rows() {
    return store.as_engine([](transaction& tx) {
      return tx.execute({"shared_rows_in_test", "SELECT key FROM shared_feeds"}).size();
    });
  }
};

using list = std::vector<std::string>;

}  // namespace

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

TEST_CASE("a company that comes later is given what the feed lists now, fresh, and nothing that it listed before") {
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
    std::this_thread::sleep_for(1ms);
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

TEST_CASE("who dies after the shared rows and before its own is given them again") {
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
    std::this_thread::sleep_for(1ms);
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

TEST_CASE("a company cannot see by its page's status that another tracks the feed, whatever that one asks for") {
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

TEST_CASE("what nobody has needed for long is forgotten") {
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
