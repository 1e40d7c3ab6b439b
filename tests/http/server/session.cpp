// The server as a well-behaved client sees it.
#include "tests/http/server/fixture.hpp"

namespace {

using namespace pulse::tests;
using namespace pulse::http::server;

std::string get(std::string_view target, std::string_view headers = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

}  // namespace

TEST_CASE("a request reaches the handler as it was sent", "[http][session]") {
  running_server server;
  server.ask(
      "PATCH /posts/caf%C3%A9?limit=2&x=a+b HTTP/1.1\r\nHost: h\r\nX-Thing: Some Value\r\n"
      "Content-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello");
  const auto seen = server.requests();
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].method == verb::patch);
  CHECK(seen[0].target == "/posts/caf%C3%A9?limit=2&x=a+b");
  CHECK(seen[0].path == "/posts/caf\xc3\xa9");
  CHECK(seen[0].query == "limit=2&x=a+b");
  CHECK(seen[0].find("x-thing") == "Some Value");
  CHECK_FALSE(seen[0].find("x-other"));
  CHECK(seen[0].body == "hello");
  CHECK(seen[0].remote_address == "127.0.0.1");
}

TEST_CASE("a connection serves many requests, and keeps nothing of one for the next", "[http][session]") {
  running_server server;
  raw_client client{server.port()};
  client.send("POST /first?a=b HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nX-B: 2\r\nContent-Length: 3\r\n\r\nabc");
  CHECK(client.receive().value().status == 200);
  client.send(get("/second"));
  CHECK(client.receive().value().status == 200);
  const auto seen = server.requests();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].path == "/second");
  CHECK(seen[1].query.empty());
  CHECK(seen[1].body.empty());
  CHECK(seen[1].headers.size() == 1);
  CHECK(seen[1].id != seen[0].id);
}

TEST_CASE("pipelined requests are answered in order", "[http][session]") {
  running_server server{
      {}, {{"/echo", [](const request& asked) { return response::text(200, asked.query + asked.body); }}}};
  raw_client client{server.port()};
  std::string all;
  for (int i = 0; i < 1000; ++i) {
    all += "POST /echo?" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n:)";
  }
  std::thread sender([&client, &all] { client.send(all); });
  for (int i = 0; i < 1000; ++i) {
    const auto answer = client.receive();
    REQUIRE(answer);
    REQUIRE(answer->body == std::to_string(i) + ":)");
  }
  sender.join();
}

TEST_CASE("a request sent a byte at a time is understood", "[http][session]") {
  running_server server;
  raw_client client{server.port()};
  const std::string bytes = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
  for (const char c : bytes) REQUIRE(client.send({&c, 1}));
  CHECK(client.receive().value().status == 200);
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0].body == "hello");
}

TEST_CASE("connections end when the client asks for it, and HTTP/1.0 ones by default", "[http][session]") {
  running_server server;
  raw_client close{server.port()};
  close.send(get("/", "Connection: close\r\n"));
  CHECK(close.receive().value().find("connection") == "close");
  CHECK(close.wait_for_close());

  raw_client old{server.port()};
  old.send("GET / HTTP/1.0\r\n\r\n");
  CHECK(old.receive().value().find("connection") == "close");
  CHECK(old.wait_for_close());

  raw_client kept{server.port()};
  for (int i = 0; i < 2; ++i) {
    kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.receive().value().find("connection") == "keep-alive");
  }
}

TEST_CASE("a client that waits for 100 Continue gets it, but not for a body that is too large", "[http][session]") {
  const quiet_log quiet;
  options settings;
  settings.limits.body_bytes = 10;
  running_server server{settings};
  raw_client client{server.port()};
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().value().status == 100);
  client.send("hello");
  CHECK(client.receive().value().status == 200);
  CHECK(server.requests().at(0).body == "hello");

  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().value().status == 413);
}

TEST_CASE("a client's request id is taken over when it is well-formed", "[http][session]") {
  running_server server;
  CHECK(server.ask(get("/", "X-Request-ID: a.B_c-1\r\n")).find("x-request-id") == "a.B_c-1");
  const std::string longest(64, 'a');
  CHECK(server.ask(get("/", "X-Request-ID: " + longest + "\r\n")).find("x-request-id") == longest);
  for (const auto* bad : {"a b", "a/b", "a\"b", "", "caf\xc3\xa9"}) {
    const auto made = server.ask(get("/", "X-Request-ID: " + std::string(bad) + "\r\n")).find("x-request-id").value();
    CHECK(made != bad);
    CHECK(made.size() > 16);
  }
  CHECK(server.ask(get("/", "X-Request-ID: " + longest + "a\r\n")).find("x-request-id") != longest + "a");
}

TEST_CASE("a handler that throws is a 500, and the connection goes on", "[http][session]") {
  const quiet_log quiet;
  running_server server{{},
                        {{"/fails", [](const request&) -> response { throw std::runtime_error("secret detail"); }},
                         {"/fails_oddly", [](const request&) -> response { throw 42; }}}};
  raw_client client{server.port()};
  client.send(get("/fails", "X-Request-ID: find-me\r\n"));
  const auto failed = client.receive();
  REQUIRE(failed);
  CHECK(failed->status == 500);
  CHECK(failed->find("x-request-id") == "find-me");
  CHECK(failed->body.find("secret") == std::string::npos);
  client.send(get("/fails_oddly"));
  CHECK(client.receive().value().status == 500);
  client.send(get("/"));
  CHECK(client.receive().value().status == 200);
}

TEST_CASE("a request may be spoken as the standard allows", "[http][session]") {
  running_server server;
  raw_client client{server.port()};
  client.send("POST /first HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab\r\n");  // an old client's empty line
  CHECK(client.receive().value().status == 200);
  client.send("GET http://h/second HTTP/1.2\r\nHost: h:\r\nX-Name: caf\xe9\r\n\r\n");
  CHECK(client.receive().value().status == 200);
  client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto options = client.receive();
  REQUIRE(options);
  CHECK(options->status == 204);
  CHECK(options->find("allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  const auto seen = server.requests();
  REQUIRE(seen.size() == 2);
  CHECK(seen[1].path == "/second");
  CHECK(seen[1].target == "/second");
  CHECK(seen[1].find("x-name") == "caf\xc3\xa9");
}

TEST_CASE("an empty line before a request does not begin one", "[http][session]") {
  options settings;
  settings.limits.header_timeout = std::chrono::milliseconds{60'000};
  settings.limits.idle_timeout = std::chrono::milliseconds{50};
  running_server server{settings};
  raw_client client{server.port()};
  client.send("\r\n");
  REQUIRE(client.wait_for_close());
  CHECK(client.rest().empty());
}

TEST_CASE("a stand-in can break a response where it likes", "[http][session]") {
  const auto cut = [](std::size_t after) {
    return [after](const request&) {
      auto answer = response::text(200, "0123456789");
      answer.cut_after = after;
      return answer;
    };
  };
  running_server server{{}, {{"/nothing", cut(0)}, {"/head", cut(20)}, {"/all", cut(100'000)}}};
  const auto fetch = [&server](std::string_view path) {
    raw_client client{server.port()};
    client.send(get(path));
    REQUIRE(client.wait_for_close());
    return client.rest();
  };
  CHECK(fetch("/nothing").empty());
  CHECK(fetch("/head").size() == 20);
  CHECK(fetch("/all").ends_with("0123456789"));
}

TEST_CASE("clients that leave in the middle harm nobody", "[http][session]") {
  const auto large = std::make_shared<const std::string>(8 * 1024 * 1024, 'x');
  running_server server{{}, {{"/large", [large](const request&) {
                                response answer;
                                answer.content_type = "application/octet-stream";
                                answer.shared_body = large;
                                return answer;
                              }}}};
  for (int i = 0; i < 20; ++i) {
    raw_client client{server.port()};
    client.send(i % 2 == 0 ? get("/large")
                           : std::string("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nhalf"));
    if (i % 4 == 0) client.read_until("\r\n\r\n");
    client.reset();
  }
  CHECK(server.is_alive());
}

TEST_CASE("every answer is observed, refusals as such", "[http][session]") {  // asvs: 16.3.3
  const quiet_log quiet;
  running_server server{{}, {{"/missing", [](const request&) { return response::text(404, "no"); }}}};
  server.ask(get("/missing"));
  server.ask("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n");
  server.ask("BREW / HTTP/1.1\r\nHost: h\r\n\r\n");
  server.server().stop();
  const auto seen = server.observations();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].method == verb::get);
  CHECK(seen[0].status == 404);
  CHECK_FALSE(seen[0].refused);
  CHECK(seen[0].duration.count() > 0);
  CHECK(seen[1].method == verb::delete_);
  CHECK(seen[2].refused);
  CHECK(seen[2].status == 501);
}
