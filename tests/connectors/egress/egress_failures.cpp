// A failed request: whether it is known that something was sent, or that nothing was.
#include <atomic>

#include <catch2/catch.hpp>

#include "tests/connectors/egress/egress_fixture.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::egress_cases;
using namespace std::chrono_literals;

TEST_CASE("A POST whose kept-alive connection dies under it arrives exactly once") {
  const bool by_reset = GENERATE(false, true);
  CAPTURE(by_reset);
  raw_server server{[by_reset](raw_connection& connection) {
    if (!connection.read_request()) return;
    connection.reply(200, "first");
    if (!connection.read_request()) return;
    if (by_reset) {
      connection.reset();
    } else {
      connection.close();
    }
  }};
  fixture with;
  CHECK(call(with.client, post(server.url("/one"))).status == 200);
  const auto lost = call(with.client, post(server.url("/two")));
  CHECK(lost.how_far == progress::bytes_may_have_left);
  CHECK(lost.status == 0);
  CHECK(lost.first_byte_at.has_value());
  CHECK(lost.error == "The connection ended before a reply came.");
  CHECK(server.requests().size() == 2);

  // The same for what is harmless to repeat: libcurl sends it again, and the second server's reply counts.
  CHECK(call(with.client, post(server.url("/three"))).status == 200);
  const auto read = call(with.client, get(server.url("/four")));
  CHECK(read.status == 200);
  CHECK(server.requests().size() == 5);
}

TEST_CASE("A connection that ends before the reply leaves the outcome open") {
  raw_server server{[](raw_connection& connection) { connection.read_request(); }};
  fixture with;
  const auto reply = call(with.client, post(server.url("/")));
  CHECK(reply.how_far == progress::bytes_may_have_left);
  CHECK(reply.first_byte_at.has_value());
  CHECK(server.requests().size() == 1);
}

TEST_CASE("A reply that is cut short is not complete") {
  const auto* half =
      GENERATE("HTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\nhalf", "HTTP/1.1 201 Created\r\ncontent-le",
               "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel");
  raw_server server{[half](raw_connection& connection) {
    if (connection.read_request()) connection.send(half);
  }};
  fixture with;
  const auto reply = call(with.client, post(server.url("/")));
  CHECK(reply.how_far == progress::bytes_may_have_left);
  CHECK_FALSE(reply.error.empty());
}

TEST_CASE("A refused connection surely sent nothing") {
  fixture with;
  const auto reply = call(with.client, post("http://127.0.0.1:" + std::to_string(closed_port()) + "/"));
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK_FALSE(reply.first_byte_at);
  CHECK(reply.error == "The connection could not be made.");
}

TEST_CASE("A name that does not resolve surely sent nothing") {
  fixture with;
  const auto reply = call(with.client, post("http://no-such-host.invalid/"));
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK_FALSE(reply.first_byte_at);
}

TEST_CASE("A failed TLS handshake surely sent nothing") {  // asvs: 12.1.1 12.3.2
  raw_server server{[](raw_connection& connection) {
    connection.read_some(1);
    connection.send("this is not TLS\r\n");
  }};
  fixture with;
  const auto reply = call(with.client, post("https://127.0.0.1:" + std::to_string(server.port()) + "/"));
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK_FALSE(reply.first_byte_at);
}

TEST_CASE("A server that never answers is given up in time") {
  raw_server server{[](raw_connection& connection) {
    connection.read_request();
    connection.wait_for_close();
  }};
  fixture with;
  auto request = post(server.url("/"));
  request.timeout = 100ms;
  const auto reply = call_until_sent(with.client, request);
  CHECK(reply.how_far == progress::bytes_may_have_left);
  CHECK(reply.error == "No complete reply came in time.");
  CHECK(reply.duration >= 100ms);
}

TEST_CASE("A request whose time ran out in the last moment before its first byte is not sent") {
  raw_server server{answer_all};
  fixture with;
  const auto method = GENERATE(as<std::string>{}, "POST", "DELETE", "GET");
  auto request = get(server.url("/"));
  request.method = method;
  request.timeout = 200ms;
  // As if the process were stopped here until its time is over. Its lease is good again when it goes on.
  request.may_send = [] {
    pass_time(300ms);
    return true;
  };
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK_FALSE(reply.first_byte_at);
  CHECK(reply.error == "The connection could not be made in time.");
  CHECK(server.requests().empty());
}

TEST_CASE("A body that was stopped in the middle is not continued after its time, or without the lease") {
  const bool is_late = GENERATE(true, false);
  CAPTURE(is_late);
  std::atomic<std::size_t> arrived{0};
  raw_server server{[&arrived](raw_connection& connection) {
    for (auto some = connection.read_some(4096); !some.empty(); some = connection.read_some(4096))
      arrived += some.size();
  }};
  fixture with;
  auto request = post(server.url("/"), std::string(4 * 1024 * 1024, 'x'));
  if (is_late) request.timeout = 1500ms;
  request.may_send = [is_late, asked = std::make_shared<int>(0)] {
    if (++*asked < 4) return true;  // the header, and two pieces of the body
    if (is_late) pass_time(1600ms);
    return is_late;
  };
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::bytes_may_have_left);
  CHECK(reply.first_byte_at.has_value());
  CHECK(reply.error == (is_late ? "No complete reply came in time." : "This node may no longer send."));
  with.client.stop();
  CHECK(arrived < request.body.size());
}

TEST_CASE("A server that accepts and never speaks TLS is given up before anything is sent") {
  raw_server server{[](raw_connection& connection) { connection.wait_for_close(); }};
  fixture with;
  auto request = post("https://127.0.0.1:" + std::to_string(server.port()) + "/");
  request.timeout = 100ms;
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::no_byte_sent);
}
