// Time-outs, body sizes and the number of connections, each with a limit low enough for a test.
#include "http/server/session.hpp"
#include "tests/http/server/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

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
  settings.before_body = [](const request& asked) -> body_permit {
    return {asked.method == verb::put && asked.path == "/media" ? 300'000U : 100'000U, std::nullopt};
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

TEST_CASE("what the header decides is answered before the body is read", "[http][limits]") {
  auto settings = with_long_timeouts();
  settings.before_body = [](const request& asked) -> body_permit {
    if (asked.path == "/open") return {100, std::nullopt};
    return {0, response::text(401, "first a token")};
  };
  running_server server{settings};
  raw_client waits{server.port()};  // not a byte of its body ever comes
  waits.send("POST /closed HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n");
  CHECK(waits.receive().value().status == 401);
  waits.finish_sending();
  CHECK(waits.wait_for_close());

  raw_client goes_on{server.port()};  // a small body that is here already costs nobody the connection
  goes_on.send(
      "POST /closed HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloPOST /open HTTP/1.1\r\nHost: "
      "h\r\nContent-Length: 2\r\n\r\nhi");
  const auto refused = goes_on.receive();
  CHECK(refused.value().status == 401);
  CHECK_FALSE(refused->find("connection"));
  CHECK(goes_on.receive().value().status == 200);
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0].body == "hi");
}

TEST_CASE("a network holds no more than a share of the connections, and the others go on", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.connections = 40;
  settings.limits.connections_assured = 1;
  running_server server{settings};
  const std::string ask = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  std::vector<std::unique_ptr<raw_client>> many;
  int served = 0;
  for (int i = 0; i < 30; ++i) {
    auto& one = many.emplace_back(std::make_unique<raw_client>(server.port()));
    one->send(ask);
    const auto answer = one->receive();
    REQUIRE(answer);
    if (answer->status == 200) {
      ++served;
      continue;
    }
    CHECK(answer->status == 429);
    CHECK(answer->find("retry-after") == "1");
  }
  CHECK(served == 20);
  raw_client neighbour{server.port(), "127.0.0.2"};
  neighbour.send(ask);
  CHECK(neighbour.receive().value().status == 200);
}

TEST_CASE("connections that are refused do not pile up either", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.connections = 1;
  running_server server{settings};
  const std::string ask = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  raw_client first{server.port()};
  first.send(ask);
  REQUIRE(first.receive().value().status == 200);
  std::vector<std::unique_ptr<raw_client>> many;
  std::size_t told = 0;
  std::size_t closed = 0;
  for (std::size_t i = 0; i < refused_connections_max + 20; ++i) {
    many.emplace_back(std::make_unique<raw_client>(server.port()));
  }
  for (auto& one : many) {
    const auto answer = one->receive();
    ++(answer ? told : closed);
    if (answer) CHECK(answer->status == 503);
  }
  CHECK(told >= refused_connections_max);
  CHECK(closed > 0);
  first.send(ask);
  CHECK(first.receive().value().status == 200);
}

TEST_CASE("all unfinished bodies together hold no more memory than there is", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.memory_bytes = 4 * 1024 * 1024;
  settings.limits.memory_bytes_assured = 0;
  running_server server{settings};
  const std::string head = "POST /posts HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n";
  std::vector<std::unique_ptr<raw_client>> many;
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    auto& one = many.emplace_back(std::make_unique<raw_client>(server.port()));
    one->send(head + std::string(999'999, 'b'));
  }
  raw_client neighbour{server.port(), "127.0.0.2"};
  neighbour.send(head + std::string(1'000'000, 'b'));
  CHECK(neighbour.receive().value().status == 200);
  for (auto& one : many) {
    one->send("b");
    const auto answer = one->receive();
    REQUIRE(answer);
    refused += answer->status == 503 ? 1 : 0;
  }
  CHECK(refused >= 6);  // two are in half of it; or none, when all grew together
  many.clear();
  int status = 0;  // and all of it is given back
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (status != 200 && std::chrono::steady_clock::now() < deadline) {
    raw_client after{server.port()};
    after.send(head + std::string(1'000'000, 'b'));
    status = after.receive().value_or(raw_response{}).status;
  }
  CHECK(status == 200);
}

TEST_CASE("answers that nobody reads are held to the same memory", "[http][limits]") {
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.memory_bytes = 16 * 1024 * 1024;
  settings.limits.memory_bytes_assured = 0;
  constexpr std::size_t size = 7 * 1024 * 1024;
  running_server server{settings, {{"/large", [](const request&) {
                                      response answer;
                                      answer.content_type = "application/octet-stream";
                                      answer.body = std::string(size, 'x');
                                      return answer;
                                    }}}};
  std::vector<std::unique_ptr<raw_client>> many;
  for (int i = 0; i < 4; ++i) {
    many.emplace_back(std::make_unique<raw_client>(server.port()))->send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (server.observations().size() < 3 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  CHECK(server.observations().size() == 3);  // cut at once; the fourth waits for its reader
  int whole = 0;
  for (auto& one : many) whole += one->receive() ? 1 : 0;
  CHECK(whole == 1);
}

TEST_CASE("behind a trusted proxy each client counts for itself", "[http][limits]") {  // asvs: 15.3.4
  const quiet_log quiet;
  auto settings = with_long_timeouts();
  settings.limits.connections = 8;
  settings.limits.connections_assured = 1;
  settings.trusted_proxies = {*pulse::base::ip_network::parse("127.0.0.2")};
  running_server server{settings};
  std::vector<std::unique_ptr<raw_client>> many;
  for (int i = 0; i < 7; ++i) {
    auto& one = many.emplace_back(std::make_unique<raw_client>(server.port(), "127.0.0.2"));
    one->send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113." + std::to_string(i) + "\r\n\r\n");
    CHECK(one->receive().value().status == 200);
  }
  many[0]->send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(many[0]->receive().value().status == 200);
  const auto seen = server.requests();
  REQUIRE(seen.size() == 8);
  for (int i = 0; i < 7; ++i)
    CHECK(seen[static_cast<std::size_t>(i)].remote_address == "203.0.113." + std::to_string(i));
  CHECK(seen[7].remote_address == "127.0.0.2");
}

TEST_CASE("a unix socket is served by all threads, and its peer says whom it speaks for", "[http][limits]") {
  const pulse::support::temporary_directory folder;
  const auto path = (folder.path() / "pulse.sock").string();
  auto settings = with_long_timeouts();
  settings.address = "unix:" + path;
  settings.threads = 2;
  {
    running_server server{settings};
    for (int i = 0; i < 4; ++i) {
      raw_client client{path};
      client.send("GET / HTTP/1.1\r\nHost: h\r\nForwarded: for=203.0.113.9\r\n\r\n");
      CHECK(client.receive().value().status == 200);
    }
    CHECK(server.requests().back().remote_address == "203.0.113.9");
    CHECK_THROWS(running_server{settings});  // one that is listened to is not taken away
  }
  CHECK_FALSE(std::filesystem::exists(path));
}
