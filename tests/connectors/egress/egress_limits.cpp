// How many requests run and wait at once, and how they end when the client stops.
#include <catch2/catch.hpp>

#include "tests/connectors/egress/egress_fixture.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::egress_cases;
using namespace std::chrono_literals;

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

TEST_CASE("A slow host does not hold up another, and a request that waited too long has sent nothing") {
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
