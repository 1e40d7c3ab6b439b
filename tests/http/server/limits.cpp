// Time-outs, the size of bodies and the number of connections, each with a limit short enough to be met in a test.
#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;
using std::chrono::milliseconds;

/// Time-outs out of the way but for the one under test.
options with_long_timeouts() {
  options settings;
  settings.limits.header_timeout = settings.limits.body_timeout = milliseconds{60'000};
  settings.limits.idle_timeout = settings.limits.write_timeout = milliseconds{60'000};
  return settings;
}

constexpr milliseconds soon{50};

}  // namespace

TEST_CASE("a connection without a request is closed without a word", "[http][limits]") {
  auto settings = with_long_timeouts();
  settings.limits.idle_timeout = soon;
  running_server server{settings};
  raw_client fresh{server.port()};
  REQUIRE(fresh.wait_for_close());
  CHECK(fresh.rest().empty());

  raw_client used{server.port()};
  used.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(used.receive().value().status == 200);
  REQUIRE(used.wait_for_close());
  CHECK(used.rest().empty());
}

TEST_CASE("a header that comes a byte at a time is cut by its deadline as a whole", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.header_timeout = milliseconds{200};
  running_server server{settings};
  raw_client client{server.port()};
  // Each byte comes well within the deadline, for as long as the server takes them: only a deadline in total ends this.
  const auto begun = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
  std::thread slow([&client, begun] {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    while (client.send("x") && std::chrono::steady_clock::now() - begun < patience) {
      never.wait_for(lock, milliseconds{10});
    }
  });
  const auto answer = client.receive();
  const bool closed = client.wait_for_close();
  slow.join();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(closed);
  CHECK(server.requests().empty());
  CHECK(server.is_alive());
}

TEST_CASE("a body that does not come is cut by its deadline", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.body_timeout = soon;
  running_server server{settings};
  raw_client client{server.port()};
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\nX-Request-ID: slow-1\r\n\r\nhello");
  const auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->status == 408);
  CHECK(answer->find("x-request-id") == "slow-1");
  CHECK(client.wait_for_close());
  CHECK(server.requests().empty());
}

TEST_CASE("a client that does not read its answer is cut by the write deadline", "[http][limits]") {
  auto settings = with_long_timeouts();
  settings.limits.write_timeout = soon;
  const auto large = std::make_shared<const std::string>(24 * 1024 * 1024, 'x');
  running_server server{settings, {{"/large", [large](const request&) {
                                      response answer;
                                      answer.content_type = "application/octet-stream";
                                      answer.shared_body = large;
                                      return answer;
                                    }}}};
  raw_client client{server.port()};
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  // 24 MiB get 25 units of 50 ms; until those have passed the connection waits, then the server gives it up.
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (server.observations().empty() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  REQUIRE(server.observations().size() == 1);
  CHECK(server.observations()[0].duration >= soon);
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().size() < large->size());
  CHECK(server.is_alive());
}

TEST_CASE("a large answer arrives whole at a client that reads", "[http][limits]") {
  const auto large = std::make_shared<const std::string>(20 * 1024 * 1024, 'y');
  running_server server{{}, {{"/large", [large](const request&) {
                                response answer;
                                answer.content_type = "application/octet-stream";
                                answer.shared_body = large;
                                return answer;
                              }}}};
  const auto answer = server.ask("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(answer.body == *large);
}

TEST_CASE("bodies up to the limit are read, larger ones refused before they are", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.body_bytes = 100'000;
  settings.body_limit = [](verb method, std::string_view path) -> std::size_t {
    return method == verb::put && path == "/media" ? 300'000 : 100'000;
  };
  running_server server{settings};
  const auto send = [&server](std::string_view line, std::size_t size) {
    return server
        .ask(std::string(line) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
             std::string(size, 'b'))
        .status;
  };
  CHECK(send("POST /posts", 0) == 200);
  CHECK(send("POST /posts", 100'000) == 200);
  CHECK(send("POST /posts", 100'001) == 413);
  CHECK(send("PUT /media", 300'000) == 200);
  CHECK(send("PUT /media", 300'001) == 413);
  const auto seen = server.requests();
  REQUIRE(seen.size() == 3);
  CHECK(seen[1].body == std::string(100'000, 'b'));
  CHECK(seen[2].body.size() == 300'000);

  raw_client waits{server.port()};  // the refusal does not wait for a body that never comes
  waits.send("POST /posts HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n");
  CHECK(waits.receive().value().status == 413);
  CHECK(waits.wait_for_close());
}

TEST_CASE("connections beyond the limit are answered 503 and closed, and the others go on", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.connections = 2;
  running_server server{settings};
  const std::string ask = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  auto first = std::make_unique<raw_client>(server.port());
  raw_client second{server.port()};
  first->send(ask);
  second.send(ask);
  REQUIRE(first->receive().value().status == 200);
  REQUIRE(second.receive().value().status == 200);

  raw_client third{server.port()};
  const auto refused = third.receive();
  REQUIRE(refused);
  CHECK(refused->status == 503);
  CHECK(refused->find("retry-after") == "1");
  third.finish_sending();
  CHECK(third.wait_for_close());

  second.send(ask);
  CHECK(second.receive().value().status == 200);
  first.reset();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  int status = 0;
  while (status != 200 && std::chrono::steady_clock::now() < deadline) {
    raw_client next{server.port()};
    next.send(ask);
    status = next.receive().value_or(raw_response{}).status;
  }
  CHECK(status == 200);
}
