#include "connectors/egress.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <future>

#include <catch2/catch.hpp>

#include "tests/support/egress_calls.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse::connectors;
using namespace pulse::tests;
using namespace std::chrono_literals;

namespace {

constexpr pulse::base::timestamp some_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h};

/// A client of its own, on a clock that stands still.
struct fixture {
  explicit fixture(egress_options options = {}) : client(std::move(options), clock) {}
  pulse::base::manual_clock clock{some_time};
  egress client;
};

egress_request get(std::string url) {
  egress_request request;
  request.url = std::move(url);
  request.address = trust::platform;
  request.timeout = patience;
  return request;
}

egress_request post(std::string url, std::string body = "{}") {
  auto request = get(std::move(url));
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = std::move(body);
  return request;
}

/// Holds the calling thread up, as a stopped process is.
void pass_time(std::chrono::milliseconds long_enough) { std::promise<void>{}.get_future().wait_for(long_enough); }

void answer_all(raw_connection& connection) {
  while (connection.read_request()) connection.reply(200, "hello", "X-Colour: Blue\r\n");
}

}  // namespace

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

TEST_CASE("Egress reuses a connection that is kept alive") {
  raw_server server{answer_all};
  fixture with;
  for (int i = 0; i < 5; ++i) CHECK(call(with.client, post(server.url("/"))).status == 200);
  CHECK(server.requests().size() == 5);
  CHECK(server.connections() == 1);
}

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

TEST_CASE("A failed TLS handshake surely sent nothing") {
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
  const auto reply = call(with.client, request);
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
  if (is_late) request.timeout = 300ms;
  request.may_send = [is_late, asked = std::make_shared<int>(0)] {
    if (++*asked < 4) return true;  // the header, and two pieces of the body
    if (is_late) pass_time(400ms);
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

TEST_CASE("Redirects are not followed") {
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

TEST_CASE("An address that a user gave reaches nothing on this machine, however it is spelled") {
  raw_server server{answer_all};
  const auto port = std::to_string(server.port());
  fixture with;
  // A kept-alive connection of the platform kind stands ready: it must not be borrowed.
  CHECK(call(with.client, get(server.url("/"))).status == 200);
  for (const std::string host :
       {"127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "0", "0177.0.0.1"}) {
    auto request = get("http://" + host + ":" + port + "/");
    request.address = trust::user_given;
    const auto reply = call(with.client, request);
    CAPTURE(host, reply.error);
    CHECK(reply.how_far == progress::no_byte_sent);
    CHECK_FALSE(reply.first_byte_at);
    CHECK(reply.status == 0);
  }
  CHECK(server.requests().size() == 1);
  CHECK(server.connections() == 1);
}

TEST_CASE("A name that a user gave is judged by what it resolves to") {
  char name[256] = {};
  REQUIRE(::gethostname(name, sizeof name - 1) == 0);
  raw_server server{answer_all};
  fixture with;
  auto request = get("http://" + std::string{name} + ":" + std::to_string(server.port()) + "/");
  request.address = trust::user_given;
  const auto reply = call(with.client, request);
  CHECK(reply.how_far == progress::no_byte_sent);
  CHECK(server.connections() == 0);
}

TEST_CASE("What is no request is refused before anything is sent") {
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

TEST_CASE("At most so many requests run at one host, the others wait, and beyond that they are refused") {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  raw_server server{[&](raw_connection& connection) {
    while (connection.read_request()) {
      std::unique_lock lock{mutex};
      changed.wait_for(lock, patience, [&] { return open; });
      connection.reply(200, "late");
    }
  }};
  egress_options options;
  options.in_flight_per_host = 2;
  options.queue = 3;
  fixture with{options};
  std::vector<awaited<egress_reply>> first(2);
  for (auto& one : first) with.client.send(post(server.url("/")), one.callback());
  REQUIRE(server.wait_for_requests(2));
  std::vector<awaited<egress_reply>> waiting(3);
  for (auto& one : waiting) with.client.send(post(server.url("/")), one.callback());
  const auto refused = call(with.client, post(server.url("/")));
  CHECK(refused.how_far == progress::no_byte_sent);
  CHECK(refused.error == "Too many requests are waiting to be sent.");
  CHECK(server.requests().size() == 2);
  {
    const std::lock_guard lock{mutex};
    open = true;
  }
  changed.notify_all();
  for (auto& one : first) CHECK(one.get().status == 200);
  for (auto& one : waiting) CHECK(one.get().status == 200);
  CHECK(server.connections() == 2);
}

TEST_CASE("A slow host does not hold up another, and who waits too long has sent nothing") {
  raw_server slow{[](raw_connection& connection) {
    connection.read_request();
    connection.wait_for_close();
  }};
  raw_server quick{answer_all};
  egress_options options;
  options.in_flight_per_host = 1;
  fixture with{options};
  awaited<egress_reply> stuck;
  with.client.send(post(slow.url("/")), stuck.callback());
  REQUIRE(slow.wait_for_requests(1));
  awaited<egress_reply> behind;
  auto impatient = post(slow.url("/"));
  impatient.timeout = 150ms;
  with.client.send(impatient, behind.callback());
  CHECK(call(with.client, post(quick.url("/"))).status == 200);
  const auto expired = behind.get();
  CHECK(expired.how_far == progress::no_byte_sent);
  CHECK(expired.error == "No connection became free in time.");
  CHECK(slow.requests().size() == 1);
  with.client.stop();
  CHECK(stuck.get().how_far == progress::bytes_may_have_left);
}

TEST_CASE("Stopping answers everyone, and afterwards nothing is sent") {
  raw_server server{[](raw_connection& connection) {
    connection.read_request();
    connection.wait_for_close();
  }};
  egress_options options;
  options.in_flight_per_host = 1;
  fixture with{options};
  awaited<egress_reply> running;
  awaited<egress_reply> waiting;
  with.client.send(post(server.url("/")), running.callback());
  REQUIRE(server.wait_for_requests(1));
  with.client.send(post(server.url("/")), waiting.callback());
  with.client.stop();
  CHECK(running.get().how_far == progress::bytes_may_have_left);
  CHECK(waiting.get().how_far == progress::no_byte_sent);
  const auto after = call(with.client, post(server.url("/")));
  CHECK(after.how_far == progress::no_byte_sent);
  CHECK(after.error == "The service is stopping.");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("Hundreds of requests at a time are all answered, each with its own reply") {
  raw_server server{[](raw_connection& connection) {
    while (const auto request = connection.read_request())
      connection.reply(200, request->substr(request->find("\r\n\r\n") + 4));
  }};
  fixture with;
  std::vector<awaited<egress_reply>> replies(1000);
  for (std::size_t i = 0; i < replies.size(); ++i) {
    with.client.send(post(server.url("/"), std::to_string(i)), replies[i].callback());
  }
  std::size_t right = 0;
  for (std::size_t i = 0; i < replies.size(); ++i) right += replies[i].get().body == std::to_string(i) ? 1 : 0;
  CHECK(right == replies.size());
  CHECK(server.connections() <= 32);
}

TEST_CASE("Where it is allowed an address that a user gave reaches this machine, over a connection of its own") {
  raw_server server{answer_all};
  egress_options options;
  options.user_given = reach::internet_and_loopback;
  fixture with{options};
  auto request = get(server.url());
  request.address = trust::user_given;
  CHECK(call(with.client, request).status == 200);
  CHECK(call(with.client, request).status == 200);
  CHECK(server.connections() == 2);
  request.url = "http://10.0.0.1/";
  CHECK(call(with.client, request).address_refused);
}

TEST_CASE("A timer calls back on the client's thread when its time is over, and when the client stops") {
  fixture with;
  raw_server server{answer_all};
  awaited<std::vector<int>> order;
  auto seen = std::make_shared<std::vector<int>>();
  const auto begun = std::chrono::steady_clock::now();
  with.client.after(40ms, [seen, done = order.callback()] {
    seen->push_back(2);
    done(*seen);
  });
  with.client.after(10ms, [seen] { seen->push_back(1); });
  CHECK(order.get() == std::vector<int>{1, 2});
  CHECK(std::chrono::steady_clock::now() - begun >= 40ms);

  awaited<egress_reply> reply;
  with.client.after(1h, [&with, &server, done = reply.callback()] { with.client.send(post(server.url()), done); });
  with.client.stop();
  CHECK(reply.get().how_far == progress::no_byte_sent);
  bool called = false;
  with.client.after(1h, [&called] { called = true; });
  CHECK(called);
  CHECK(server.requests().empty());
}
