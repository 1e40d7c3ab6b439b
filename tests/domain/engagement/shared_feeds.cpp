// Feeds that several companies track: which of them share fetches, when one is fetched, and what each company gets.
#include "domain/engagement/shared_feeds.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/support/random_case.hpp"

using namespace pulse;
using namespace std::chrono_literals;
using base::timestamp;
using domain::feed_step;

namespace {

const timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}};

domain::feed_state fetched(std::chrono::seconds ago, std::chrono::seconds next_in) {
  return {.fetched_at = now - ago, .next_fetch_at = now + next_in, .fetching_until = {}, .retry_at = {}};
}

std::vector<std::string> ids(const std::vector<domain::shared_entry>& of) {
  std::vector<std::string> made;
  for (const auto& each : of) made.push_back(each.external_id);
  return made;
}

domain::shared_entry entry(std::string id, std::string text = "Words", timestamp at = now) {
  domain::shared_entry made;
  made.external_id = std::move(id);
  made.text = std::move(text);
  made.published_at = at;
  return made;
}

}  // namespace

TEST_CASE("a public feed may be shared, and one whose address may be a secret is not") {
  for (const auto* open :
       {"https://blog.example.com/feed.xml", "https://example.com/", "https://example.com/2026/11/news/rss",
        "https://example.com/?feed=rss2", "https://example.com/feed?format=atom&lang=en",
        "http://127.0.0.1:8080/feed/acme.json", "https://example.com/blog/why-we-build-bicycles-in-halden/feed"}) {
    INFO(open);
    CHECK(domain::may_share_feed(open));
  }
  for (const auto* secret :
       {"https://user:word@example.com/feed.xml", "https://user@example.com/feed.xml",
        "https://example.com/feed?token=abc", "https://example.com/feed?format=rss&API_KEY=1",
        "https://example.com/feed?auth=x", "https://example.com/feed?%74oken=abc", "https://example.com/feed?sig=x",
        "https://example.com/feed?user=ada&feed=3f9a8b7c6d5e4f3a", "https://example.com/.rss?feed=ab12ab12ab12ab12ab12",
        "https://example.com/private/feed.xml", "https://example.com/private-0123abcd/basic.ics",
        "https://example.com/feeds/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "https://example.com/rss/qwertyuiopasdfghjklzxcvbnm", "https://example.com/feed?x=qwertyuiopasdfghjkl",
        "https://example.com/feed?t", "https://example.com/feed;jsessionid=ab12",
        "https://3f9a8b7c6d5e4f3a2b1c.example.com/feed.xml", "no address", ""}) {
    INFO(secret);
    CHECK_FALSE(domain::may_share_feed(secret));
  }
}

TEST_CASE("a host is one whatever is fetched from it, and another port is another host") {
  CHECK(domain::feed_host("https://blog.example.com/a?b") == "blog.example.com");
  CHECK(domain::feed_host("https://user:word@blog.example.com/a") == "blog.example.com");
  CHECK(domain::feed_host("http://blog.example.com:8080") == "blog.example.com:8080");
  CHECK(domain::feed_host("nothing").empty());
}

TEST_CASE("the first caller fetches, and callers before the next interval get the stored entries") {
  CHECK(domain::step_of(std::nullopt, false, now).what == feed_step::fetch);
  CHECK(domain::step_of(fetched(10min, 5min), false, now).what == feed_step::hand);
  CHECK(domain::step_of(fetched(15min, 0min), false, now).what == feed_step::fetch);
}

TEST_CASE("a new company, or a manual poll, gets entries at most a minute old") {
  CHECK(domain::step_of(fetched(10min, 5min), true, now).what == feed_step::fetch);
  CHECK(domain::step_of(fetched(60s, 5min), true, now).what == feed_step::fetch);
  CHECK(domain::step_of(fetched(59s, 5min), true, now).what == feed_step::hand);
}

TEST_CASE("while somebody fetches the others wait a moment, and after a fetch that nobody ended the next one fetches") {
  auto row = fetched(15min, -1min);
  row.fetching_until = now + 100s;
  const auto step = domain::step_of(row, true, now);
  CHECK(step.what == feed_step::wait);
  CHECK(step.until == now + domain::shared_fetch_pause);
  row.fetching_until = now + 1s;
  CHECK(domain::step_of(row, false, now).until == now + 1s);
  row.fetching_until = now;
  CHECK(domain::step_of(row, false, now).what == feed_step::fetch);
  // Nobody has ever ended one.
  CHECK(domain::step_of(domain::feed_state{.fetching_until = now - 1s}, false, now).what == feed_step::fetch);
}

TEST_CASE("the server's own word that it wants nothing yet holds for everybody, also by hand") {
  auto row = fetched(10min, 5min);
  row.retry_at = now + 1s;
  CHECK(domain::step_of(row, true, now).what == feed_step::hand);
  row.retry_at = now;
  CHECK(domain::step_of(row, true, now).what == feed_step::fetch);
}

TEST_CASE("entries that left the feed are kept for companies that tracked it then, and later ones get none") {
  const std::vector<domain::shared_entry> before{entry("1"), entry("2", "Old words", now - 1h)};
  auto merged = domain::merge_entries(before, {entry("2", "New words"), entry("3")}, now);
  CHECK(ids(merged) == std::vector<std::string>{"1", "2", "3"});
  CHECK(merged[1].text == "New words");
  // A feed that tells no times would make each fetch's now of it.
  CHECK(merged[1].published_at == now - 1h);
  CHECK(ids(domain::entries_for(merged, now - 1s)) == std::vector<std::string>{"1", "2", "3"});
  CHECK(ids(domain::entries_for(merged, now)) == std::vector<std::string>{"2", "3"});
  merged = domain::merge_entries(merged, {entry("3"), entry("3"), entry("4"), entry("4")}, now + 1h);
  CHECK(ids(merged) == std::vector<std::string>{"1", "2", "3", "4"});
  CHECK(ids(domain::entries_for(merged, now)) == std::vector<std::string>{"2", "3", "4"});
  // One that the feed names again is there for everybody.
  merged = domain::merge_entries(merged, {entry("1")}, now + 2h);
  CHECK(ids(domain::entries_for(merged, now + 3h)) == std::vector<std::string>{"1"});
}

TEST_CASE("what is kept of a feed is bounded in number and bytes, and the latest stays") {
  std::vector<domain::shared_entry> kept;
  for (int i = 0; i < 200; ++i) kept = domain::merge_entries(kept, {entry(std::to_string(i))}, now);
  CHECK(kept.size() == domain::most_shared_entries);
  CHECK(kept.back().external_id == "199");
  kept.clear();
  for (int i = 0; i < 60; ++i)
    kept = domain::merge_entries(kept, {entry(std::to_string(i), std::string(5'000, 'x'))}, now);
  CHECK(kept.size() < domain::most_shared_entries);
  CHECK(kept.back().external_id == "59");
}

TEST_CASE("every company gets every entry once and in order, while fewer come in between than are kept") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int round = 0; round < 300; ++round) {
    std::vector<domain::shared_entry> kept;
    std::vector<std::string> seen;
    int made = 0, at_last_look = 0;
    for (int step = 0; step < 40; ++step) {
      const int listed = random.between(1, 10);
      made += random.between(0, listed);
      std::vector<domain::shared_entry> feed;
      for (int i = std::max(0, made - listed); i < made; ++i) feed.push_back(entry(std::to_string(i)));
      kept = domain::merge_entries(kept, std::move(feed), now);
      if (random.between(0, 3) != 0 && made - at_last_look < 30) continue;
      at_last_look = made;
      for (const auto& each : domain::entries_for(kept, now - 1s)) {
        if (std::find(seen.begin(), seen.end(), each.external_id) == seen.end()) seen.push_back(each.external_id);
      }
    }
    for (std::size_t i = 0; i < seen.size(); ++i) REQUIRE(seen[i] == std::to_string(i));
    REQUIRE(static_cast<int>(seen.size()) == at_last_look);
  }
}
