// A website channel's signed messages, from the publication to a site: each arrives, failures are retried a limited
// number of times, and a failing site delays no other.
#include "actors/publishing/site_sender.hpp"

#include <catch2/catch.hpp>

#include <atomic>

#include <boost/json.hpp>

#include "base/webhook_signature.hpp"
#include "persistence/publishing/site_hooks.hpp"
#include "persistence/publishing/website_publications.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace hooks = persistence::site_hooks;
namespace publications = persistence::website_publications;
using persistence::transaction;

/// A header's value in a raw request.
std::string header_in(const std::string& request, const std::string& name) {
  const auto begin = request.find("\r\n" + name + ": ");
  if (begin == std::string::npos) return {};
  const auto from = begin + name.size() + 4;
  return request.substr(from, request.find("\r\n", from) - from);
}
std::string body_in(const std::string& request) { return request.substr(request.find("\r\n\r\n") + 4); }

/// A site that answers with the next of these, the last of them again and again.
struct site_fixture {
  std::vector<int> answers;
  std::atomic<std::size_t> asked{0};
  raw_server server;
  publishing_store store;
  company of = store.add_company();
  std::int64_t fence = store.own(of);
  persistence::secret_box box = test_box();
  base::manual_clock clock{noon()};
  base::secret secret = base::new_webhook_secret();
  connectors::egress client;
  site_sender sender;

  explicit site_fixture(std::vector<int> with)
      : answers(std::move(with)),
        server([this](raw_connection& on) {
          while (on.read_request()) on.reply(answers[std::min(asked++, answers.size() - 1)], "ok");
        }),
        client({.user_given = connectors::reach::internet_and_loopback}, clock),
        sender({store.engine(), client, box, clock, "https://pulse.example"}, {.poll_every = 20ms}) {
    set_hook();
    sender.start();
  }
  ~site_fixture() {
    sender.stop();
    client.stop();
    store.engine().stop();
  }

  void set_hook() {
    store.as(of, [&](transaction& tx) {
      hooks::store(tx, of.website_id, "127.0.0.1", "http://127.0.0.1:" + std::to_string(server.port()) + "/hook",
                   secret, box, noon());
    });
  }
  /// Publishes a post on the website, as the engine does.
  publications::publication publish() {
    const auto post = store.add_post(of, noon(), {of.website_id});
    const auto delivery = store.deliveries(of, post).at(0).id;
    REQUIRE(store.begin(of, delivery, fence, noon()));
    const publications::publication wanted{
        base::new_uuid(noon()), of.project_id, post, of.website_id, "", "Words", noon()};
    store.as_engine([&](transaction& tx) { publications::store(tx, of.id, wanted, {delivery, 1}); });
    return wanted;
  }
  hooks::site_hook hook() {
    return store.as(of, [&](transaction& tx) { return hooks::find(tx, of.website_id).value(); });
  }
  bool is_resting(int tries) {
    return store.as_engine([&](transaction& tx) {
      return !tx.execute(
                    {"rests_at_site_in_test",
                     "SELECT FROM site_outbox o JOIN site_hooks h USING (tenant_id, channel_id) WHERE o.tries = $1 AND "
                     "o.next_try_at > $2::timestamptz AND o.next_try_at <> $3::timestamptz AND h.problem IS NOT NULL"},
                    tries, clock.now(), clock.now() + site_sender::options{}.taken_for)
                  .empty();
    });
  }
  /// Lets the time go on, from try to try, until nothing waits any more.
  void play() {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (int tries = 1; hook().waiting > 0;) {
      REQUIRE(std::chrono::steady_clock::now() < until);
      if (asked >= static_cast<std::size_t>(tries) && is_resting(tries)) {
        clock.advance(site_pause(tries, 9) + 1s);
        ++tries;
      }
    }
  }
};

}  // namespace

TEST_CASE("what a website channel publishes is told to its site once, signed, with what it says") {
  site_fixture with({204});
  const auto published = with.publish();
  with.play();
  CHECK(with.asked == 1);
  CHECK(with.hook().last_sent_at);
  CHECK_FALSE(with.hook().problem);
  const auto request = with.server.requests().front();
  CHECK(request.starts_with("POST /hook HTTP/1.1"));
  const auto body = body_in(request);
  const auto id = header_in(request, "webhook-id");
  CHECK(header_in(request, "webhook-timestamp") == base::webhook_timestamp(noon()));
  CHECK(header_in(request, "webhook-signature") == *base::webhook_signature(with.secret, id, noon(), body));
  const auto said = boost::json::parse(body);
  CHECK(said.at("type") == "post.published");
  CHECK(said.at("data").at("text") == "Words");
  CHECK(said.at("data").at("title") == "Title");
  CHECK(said.at("data").at("url").as_string() == "https://pulse.example/site/" + base::to_string(with.of.project_id) +
                                                     "/posts/" + base::to_string(published.id));
}

TEST_CASE("a correction and a withdrawal are told, too, and a withdrawn post's words are not") {
  site_fixture with({204});
  const auto published = with.publish();
  with.play();
  with.store.as(with.of, [&](transaction& tx) {
    publications::correct(tx, published.id, {.title = {}, .text = "Better words"}, {with.of.owner_id, noon()});
  });
  with.play();
  with.store.as(with.of, [&](transaction& tx) {
    publications::withdraw(tx, published.id, {with.of.owner_id, noon()});
  });
  with.play();
  const auto requests = with.server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(boost::json::parse(body_in(requests[1])).at("type") == "post.corrected");
  CHECK(boost::json::parse(body_in(requests[1])).at("data").at("text") == "Better words");
  CHECK(boost::json::parse(body_in(requests[2])).at("type") == "post.withdrawn");
  CHECK(requests[2].find("words") == std::string::npos);
}

TEST_CASE(
    "a site that fails for a while gets its message under the same id, and one that always fails is tried ten times") {
  SECTION("for a while") {
    site_fixture with({503, 302, 204});
    with.publish();
    with.play();
    const auto requests = with.server.requests();
    REQUIRE(requests.size() == 3);
    CHECK(header_in(requests[0], "webhook-id") == header_in(requests[2], "webhook-id"));
    CHECK(header_in(requests[0], "webhook-timestamp") != header_in(requests[2], "webhook-timestamp"));
    CHECK_FALSE(with.hook().problem);
  }
  SECTION("always") {
    site_fixture with({500});
    with.publish();
    with.play();
    CHECK(with.asked == static_cast<std::size_t>(hooks::most_tries));
    CHECK(with.hook().problem == "The site answered 500.");
    CHECK_FALSE(with.hook().is_off);
  }
}

TEST_CASE("an address that answers 410 is asked once, and gets no messages until it is set again") {
  site_fixture with({410, 204});
  with.publish();
  with.play();
  CHECK(with.asked == 1);
  CHECK(with.hook().is_off);
  with.publish();
  CHECK(with.hook().waiting == 0);
  with.set_hook();
  with.publish();
  with.play();
  CHECK(with.asked == 2);
}

TEST_CASE("a test message is sent once and at once, also to a failing site") {
  site_fixture with({500});
  with.store.as(with.of, [&](transaction& tx) { hooks::queue_test(tx, with.of.website_id, noon()); });
  with.play();
  CHECK(with.asked == 1);
  CHECK(with.hook().problem == "The site answered 500.");
  CHECK(boost::json::parse(body_in(with.server.requests().front())).at("type") == "test");
}

TEST_CASE("a channel without a site sends no messages") {
  publishing_store store;
  const auto of = store.add_company();
  store.as_engine([&](transaction& tx) {
    hooks::queue_message(tx, of.id, of.website_id, base::new_uuid(noon()), "post.published", noon());
  });
  const auto waiting = store.as_engine([](transaction& tx) {
    return tx.execute({"count_site_in_test", "SELECT FROM site_outbox"}).size();
  });
  CHECK(waiting == 0);
}

TEST_CASE("the pauses between tries are those of Standard Webhooks, a little longer at most") {
  CHECK(site_pause(1, 0) == 5s);
  CHECK(site_pause(2, 0) == 5min);
  CHECK(site_pause(3, 9) == 30min + 162s);
  CHECK(site_pause(9, 0) == 24h);
  CHECK(site_pause(40, 0) == 24h);
}

}  // namespace pulse::actors
