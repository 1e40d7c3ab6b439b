// A site with feeds, companies that track them, and nodes that poll: for tests of actors/engagement/page_poller.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/core.h>

#include "actors/engagement/page_sources.hpp"
#include "persistence/engagement/pages.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::actors {

using namespace std::chrono_literals;
using namespace pulse::tests;
using persistence::transaction;
namespace pages = persistence::tracked_pages;

/// Longer than fifty companies take on a busy machine.
inline constexpr std::chrono::seconds long_patience{120};

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

inline constexpr persistence::statement count_open{"count_open_polls_in_test", R"sql(
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
      std::this_thread::yield();
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
    return *store.as(by, [&](transaction& tx) { return pages::find_poll_status(page, clock.now()).first(tx); });
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

}  // namespace pulse::actors
