// Starting, and stopping in an orderly way.
#include <future>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/http/server/fixture.hpp"
#include "tests/support/sanitized.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;
namespace asio = boost::asio;

/// A handler that says when it was entered and waits until it is let go, without blocking its thread.
class held_handler {
 public:
  asio::awaitable<response> operator()(const request&) {
    entered_.set_value();
    asio::steady_timer poll{co_await asio::this_coro::executor};
    while (!released_) {
      boost::system::error_code ignored;
      poll.expires_after(std::chrono::milliseconds{1});
      co_await poll.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return response::text(200, "held");
  }
  bool wait_until_entered() { return entered_.get_future().wait_for(patience) == std::future_status::ready; }
  void release() { released_ = true; }

 private:
  std::promise<void> entered_;
  std::atomic<bool> released_{false};
};

template <class Condition>
bool comes_true(Condition holds) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace

TEST_CASE("stopping lets a running request finish, closes idle connections and accepts no more", "[http][stop]") {
  held_handler held;
  running_server server{options{}, handler([&held](const request& asked) { return held(asked); })};
  raw_client busy{server.port()};
  raw_client idle{server.port()};
  busy.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
  REQUIRE(held.wait_until_entered());
  CHECK_FALSE(server.server().stopping());

  auto stopped = std::async(std::launch::async, [&server] { server.server().stop(); });
  REQUIRE(comes_true([&server] { return server.server().stopping(); }));
  CHECK(idle.wait_for_close());
  CHECK(comes_true([&server] {
    try {
      raw_client late{server.port()};
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  }));
  CHECK(stopped.wait_for(std::chrono::seconds{0}) == std::future_status::timeout);  // it waits for the busy one

  held.release();
  const auto answer = busy.receive();
  REQUIRE(answer);
  CHECK(answer->body == "held");
  CHECK(answer->find("connection") == "close");
  CHECK(busy.wait_for_close());
  REQUIRE(stopped.wait_for(patience) == std::future_status::ready);
}

TEST_CASE("what does not finish is cut after the stop time-out", "[http][stop]") {
  const quiet_log quiet;
  held_handler held;
  options settings;
  settings.threads = 2;
  settings.limits.stop_timeout = std::chrono::milliseconds{50};
  running_server server{settings, handler([&held](const request& asked) { return held(asked); })};
  raw_client busy{server.port()};
  busy.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
  REQUIRE(held.wait_until_entered());
  server.server().stop();
  CHECK(busy.wait_for_close());
  CHECK(busy.rest().empty());
}

TEST_CASE("stopping an idle server takes no time, twice neither", "[http][stop]") {
  running_server server;
  raw_client idle{server.port()};
  REQUIRE(server.is_alive());
  const auto begun = std::chrono::steady_clock::now();
  server.server().stop();
  server.server().stop();
  CHECK(std::chrono::steady_clock::now() - begun < time_limit(std::chrono::seconds{5}));
  CHECK(idle.wait_for_close());
}

TEST_CASE("a half-sent request at the time of stopping is still answered", "[http][stop]") {
  running_server server;
  raw_client client{server.port()};
  client.send("POST /half HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  REQUIRE(client.receive().value().status == 100);  // so the server is in the middle of the request
  auto stopped = std::async(std::launch::async, [&server] { server.server().stop(); });
  REQUIRE(comes_true([&server] { return server.server().stopping(); }));
  client.send("hello");
  const auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->find("connection") == "close");
  REQUIRE(stopped.wait_for(patience) == std::future_status::ready);
}

TEST_CASE("a taken port and an impossible address are said in a sentence", "[http][stop]") {
  running_server first;
  const auto attempt = [](std::string address, std::uint16_t port, unsigned threads) {
    options settings;
    settings.address = std::move(address);
    settings.port = port;
    settings.threads = threads;
    server second{settings, {}, {}};
    return second.start();
  };
  const auto taken = "Cannot listen on 127.0.0.1 port " + std::to_string(first.port()) + ": Address already in use.";
  CHECK(attempt("127.0.0.1", first.port(), 1) == taken);
  CHECK(attempt("127.0.0.1", first.port(), 2) == taken);
  CHECK(attempt("not an address", 0, 1) == "'not an address' is not an IP address to listen on.");

  options shared;
  shared.threads = 2;
  running_server several{shared};
  CHECK(attempt("127.0.0.1", several.port(), 2).starts_with("Cannot listen on"));
}

TEST_CASE("several threads share one port and all of them answer", "[http][stop]") {
  std::mutex mutex;
  std::map<std::thread::id, int> threads;
  options settings;
  settings.threads = 3;
  running_server server{settings, {{"/", [&](const request&) {
                                      const std::lock_guard lock(mutex);
                                      ++threads[std::this_thread::get_id()];
                                      return response::text(200, "ok");
                                    }}}};
  // The kernel spreads connections by a hash of their ports: ever more of them reach every thread.
  for (int i = 0; i < 500; ++i) {
    REQUIRE(server.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").status == 200);
    const std::lock_guard lock(mutex);
    if (threads.size() == 3) break;
  }
  CHECK(threads.size() == 3);
}
