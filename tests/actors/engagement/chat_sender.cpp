// Messages to chats, from the rows to a server: each arrives once, and failures are retried a limited number of times.
#include <catch2/catch.hpp>

#include <atomic>

#include "actors/engagement/chat_sender.hpp"
#include "persistence/engagement/automation.hpp"
#include "persistence/engagement/chat_hooks.hpp"
#include "tests/support/publishing_store.hpp"
#include "tests/support/raw_server.hpp"

namespace pulse::actors {
namespace {

using namespace std::chrono_literals;
using namespace pulse::tests;
namespace hooks = persistence::chat_hooks;
using persistence::transaction;

/// A chat that answers with the next of these, the last of them again and again.
struct chat_fixture {
  std::vector<int> answers;
  std::atomic<std::size_t> asked{0};
  raw_server server;
  publishing_store store;
  company of = store.add_company();
  persistence::secret_box box = test_box();
  base::manual_clock clock{noon()};
  connectors::egress client;
  chat_sender sender;
  base::uuid hook_id = base::new_uuid(noon());

  explicit chat_fixture(std::vector<int> with)
      : answers(std::move(with)),
        server([this](raw_connection& on) {
          while (on.read_request()) on.reply(answers[std::min(asked++, answers.size() - 1)], "ok");
        }),
        client({.user_given = connectors::reach::internet_and_loopback}, clock),
        sender({store.engine(), client, box, clock}, {.poll_every = 20ms}) {
    store.as(of, [&](transaction& tx) {
      persistence::automation::store(tx, of.owner_id, {}, noon());
      hooks::insert(tx,
                    {hook_id, of.owner_id, domain::chat_kind::slack, "localhost",
                     "http://127.0.0.1:" + std::to_string(server.port()) + "/hook"},
                    box, noon());
      hooks::queue_message(tx, hook_id, {.title = "A like waits", .parts = {}}, box, noon());
    });
    sender.start();
  }
  ~chat_fixture() {
    sender.stop();
    client.stop();
    store.engine().stop();
  }

  hooks::chat_hook hook() {
    return store.as(of, [&](transaction& tx) { return hooks::find(hook_id, of.owner_id).first(tx).value(); });
  }
  std::size_t waiting() {
    return store.as_engine([](transaction& tx) {
      return tx.execute({"count_chats_in_test", "SELECT FROM chat_outbox"}).size();
    });
  }
  /// Whether the message waits for its next try, after `tries` that have ended.
  bool rests_after(int tries) {
    return store.as_engine([&](transaction& tx) {
      return tx.execute({"rests_in_test", "SELECT FROM chat_outbox WHERE tries = $1 AND next_try_at = $2::timestamptz"},
                        tries, clock.now() + chat_pause(tries))
                 .size() == 1;
    });
  }
  /// Lets the time go on, from try to try, until nothing waits any more.
  void play() {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (int tries = 1; waiting() > 0;) {
      REQUIRE(std::chrono::steady_clock::now() < until);
      if (rests_after(tries)) clock.advance(chat_pause(tries++));
    }
  }
};

}  // namespace

TEST_CASE("a message arrives at its chat, once, and the chat shows when") {
  chat_fixture with({200});
  with.play();
  CHECK(with.asked == 1);
  CHECK(with.hook().last_sent_at.has_value());
  CHECK_FALSE(with.hook().problem.has_value());
  CHECK(with.server.requests().front().find(R"("text":"A like waits")") != std::string::npos);
}

TEST_CASE("a chat that fails for a while gets its message, and one that always fails is tried five times") {
  SECTION("for a while") {
    chat_fixture with({503, 429, 200});
    with.play();
    CHECK(with.asked == 3);
    CHECK_FALSE(with.hook().problem.has_value());
  }
  SECTION("always") {
    chat_fixture with({500});
    with.play();
    CHECK(with.asked == static_cast<std::size_t>(hooks::most_tries));
    CHECK(with.hook().problem == "The chat answered 500.");
    CHECK_FALSE(with.hook().is_off);
  }
}

TEST_CASE("a chat that is gone is asked once, and switched off") {
  chat_fixture with({404});
  with.play();
  CHECK(with.asked == 1);
  CHECK(with.hook().is_off);
}

TEST_CASE("the pauses between tries grow, and stay within ten minutes") {
  CHECK(chat_pause(1) == 10s);
  CHECK(chat_pause(2) == 40s);
  CHECK(chat_pause(3) == 160s);
  CHECK(chat_pause(40) == 10min);
}

}  // namespace pulse::actors
