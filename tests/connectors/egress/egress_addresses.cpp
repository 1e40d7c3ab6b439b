// Limits on addresses that a user gave.
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tests/connectors/egress/egress_fixture.hpp"

using namespace pulse::connectors;
using namespace pulse::connectors::egress_cases;
using namespace std::chrono_literals;

TEST_CASE("An address that a user gave reaches nothing on this machine, however it is spelled") {  // asvs: 1.3.6
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

TEST_CASE("A name that a user gave is judged by what it resolves to") {  // asvs: 13.2.5
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

TEST_CASE("A name that exists inside and one that does not exist look the same to who asks") {  // asvs: 13.2.5
  char name[256] = {};
  REQUIRE(::gethostname(name, sizeof name - 1) == 0);
  fixture with;
  const auto ask = [&](const std::string& host) {
    auto request = get("http://" + host + ":" + std::to_string(closed_port()) + "/");
    request.address = trust::user_given;
    return call(with.client, request);
  };
  const auto inside = ask(name);
  const auto nowhere = ask("no-such-host.invalid");
  CHECK(inside.error == nowhere.error);
  CHECK(inside.address_refused == nowhere.address_refused);
  CHECK(inside.how_far == nowhere.how_far);
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
