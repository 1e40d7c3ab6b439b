#include "connectors/egress/egress.hpp"

#include <cstdlib>

#include <catch2/catch.hpp>

#include "tests/connectors/egress/egress_fixture.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::egress_cases;
using namespace std::chrono_literals;

TEST_CASE("Egress brings back status, headers and body, and when the first byte left") {
  raw_server server{answer_all};
  fixture with;
  const auto reply = call(with.client, post(server.url("/path?q=1"), R"({"a":1})"));
  CHECK(reply.how_far == progress::complete);
  CHECK(reply.status == 200);
  CHECK(reply.body == "hello");
  CHECK(reply.find("x-colour") == "Blue");
  CHECK_FALSE(reply.find("x-color"));
  CHECK(reply.error == "");
  REQUIRE(reply.first_byte_at);
  CHECK(*reply.first_byte_at == some_time);
  CHECK(reply.duration > 0us);
  const auto request = server.requests().at(0);
  CHECK(request.starts_with("POST /path?q=1 HTTP/1.1\r\n"));
  CHECK(request.ends_with("\r\n\r\n{\"a\":1}"));
  CHECK(request.find("Expect") == std::string::npos);
}

TEST_CASE("Egress sends every method with and without a body") {
  raw_server server{answer_all};
  fixture with;
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    auto request = get(server.url("/"));
    request.method = method;
    CHECK(call(with.client, request).status == 200);
    CHECK(server.requests().back().starts_with(method + " / HTTP/1.1\r\n"));
  }
  auto request = get(server.url("/"));
  request.method = "DELETE";
  request.body = "why";
  CHECK(call(with.client, request).status == 200);
  CHECK(server.requests().back().starts_with("DELETE / "));
  CHECK(server.requests().back().ends_with("\r\n\r\nwhy"));
}

TEST_CASE("A small body is sent with its header, and a larger one waits for 100 Continue") {
  raw_server server{answer_all};
  fixture with;
  const auto times_asked = [&](std::size_t size) {
    auto request = post(server.url("/"), std::string(size, 'x'));
    const auto asked = std::make_shared<int>(0);
    request.may_send = [asked] { return ++*asked > 0; };
    CHECK(call(with.client, request).status == 200);
    CHECK(server.requests().back().starts_with("POST / HTTP/1.1\r\n"));
    CHECK(server.requests().back().ends_with("\r\n\r\n" + request.body));
    return *asked;
  };
  CHECK(times_asked(4'096) == 1);
  CHECK(times_asked(4'097) == 2);
}

TEST_CASE("Egress reuses a connection that is kept alive") {
  raw_server server{answer_all};
  fixture with;
  for (int i = 0; i < 5; ++i) CHECK(call(with.client, post(server.url("/"))).status == 200);
  CHECK(server.requests().size() == 5);
  CHECK(server.connections() == 1);
}

TEST_CASE("A reply above its limit is cut off") {
  raw_server server{[](raw_connection& connection) {
    while (connection.read_request()) connection.reply(200, std::string(5000, 'x'));
  }};
  fixture with;
  auto request = get(server.url("/"));
  request.max_response_bytes = 5000;
  CHECK(call(with.client, request).how_far == progress::complete);
  request.max_response_bytes = 4999;
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::bytes_may_have_left);
  CHECK(reply.status == 200);
  CHECK(reply.body.size() <= 4999);
  CHECK(reply.error == "The reply is larger than 4999 bytes.");
}

TEST_CASE("Headers without end are cut off") {
  raw_server server{[](raw_connection& connection) {
    if (!connection.read_request()) return;
    connection.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 100; ++i) connection.send("x-more: " + std::string(1000, 'x') + "\r\n");
  }};
  fixture with;
  CHECK(call(with.client, get(server.url("/"))).how_far == progress::bytes_may_have_left);
}

TEST_CASE("Redirects are not followed") {  // asvs: 15.3.2
  raw_server server{[](raw_connection& connection) {
    while (connection.read_request()) connection.reply(302, "", "Location: /elsewhere\r\n");
  }};
  fixture with;
  const auto reply = call(with.client, get(server.url("/")));
  CHECK(reply.status == 302);
  CHECK(reply.find("location") == "/elsewhere");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("Headers of an interim reply are not those of the reply") {
  raw_server server{[](raw_connection& connection) {
    if (!connection.read_request()) return;
    connection.send("HTTP/1.1 103 Early Hints\r\nx-colour: red\r\n\r\n");
    connection.reply(200, "", "X-Colour: blue\r\n");
  }};
  fixture with;
  const auto reply = call(with.client, get(server.url("/")));
  CHECK(reply.status == 200);
  CHECK(reply.find("x-colour") == "blue");
}

TEST_CASE("The environment's proxy is not used") {
  raw_server proxy{answer_all};
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  raw_server server{answer_all};
  fixture with;
  CHECK(call(with.client, get(server.url("/"))).status == 200);
  ::unsetenv("http_proxy");
  CHECK(server.requests().size() == 1);
  CHECK(proxy.connections() == 0);
}

TEST_CASE("A malformed request is refused before anything is sent") {
  fixture with;
  auto request = get("http://127.0.0.1:1/");
  SECTION("a method with a line break") { request.method = "GET / HTTP/1.1\r\nX: y"; }
  SECTION("a header with a line break") { request.headers = {{"X-A", "b\r\nX-C: d"}}; }
  SECTION("a header name with a space") { request.headers = {{"X A", "b"}}; }
  SECTION("a URL with a line break") { request.url += "\r\nX: y"; }
  SECTION("a URL of another scheme") { request.url = "file:///etc/hostname"; }
  SECTION("a URL without end") { request.url += std::string(9000, 'x'); }
  SECTION("a GET with a body") { request.body = "x"; }
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK_FALSE(reply.error.empty());
}
