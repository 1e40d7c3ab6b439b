// Limits of the front door: bodies, calls and metrics, and its answers while it waits for the database.
#include <catch2/catch.hpp>

#include "http/waiting_room.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse;
using http::server::verb;

namespace {

http::reply<http::nothing> take_nothing(http::request_context&) { return http::nothing{}; }

void add_test_routes(http::route_table& table) {
  constexpr auto members = domain::permission::read_posts;
  table.add(verb::get, "/test/cheap", members, &take_nothing, "cheap", {.success = 204});
  table.add(verb::get, "/test/costly", members, &take_nothing, "costly", {.success = 204, .costly = true});
  table.add(verb::post, "/test/tight", members, &take_nothing, "tight", {.success = 204, .body_bytes_max = 10});
}

/// A front door whose calls are counted.
struct limited_door {
  explicit limited_door(http::call_limits::options calls)
      : door(front.services, {.docs_assets = "",
                              .limits = tests::wide_limits(),
                              .calls = calls,
                              .pages = {},
                              .more_routes = add_test_routes}) {}

  http::server::response get(const std::string& target, const std::string& token) {
    std::optional<http::server::response> given;
    auto asked = front.with_token(front.request(verb::get, target), token);
    boost::asio::co_spawn(io, door.answer(asked),
                          [&](std::exception_ptr, http::server::response made) { given = std::move(made); });
    io.restart();
    io.run();
    return std::move(*given);
  }

  /// A token of somebody who has just signed up.
  std::string sign_up(const std::string& name) {
    return front
        .post("/signup",
              R"({"company_name":"Acme","email":")" + name + R"(@example.com","password":"correct horse battery"})")
        .text("/access_token");
  }

  tests::quiet_log quiet;
  boost::asio::io_context io;  // before whose threads wake it
  tests::front_door_fixture front{tests::migrated_database()};
  http::front_door door;
};

/// A token of somebody whom the front door knows, so that it asks no database.
std::string token_of(http::front_door& door, const tests::front_door_fixture& in, const char* member,
                     domain::role role = domain::role::owner) {
  const http::principal who{base::uuid_from_name("tenant"), base::uuid_from_name(member), base::uuid_from_name(member),
                            role};
  const persistence::standing now{.role = role, .is_active = true, .is_session_live = true};
  door.known().keep(who, now, door.known().changes(), std::chrono::steady_clock::now());
  return in.tokens.sign(who, in.clock.now());
}

http::server::request post_of(std::string target, const std::string& token = {}) {
  return tests::front_door_fixture::with_token(tests::front_door_fixture::request(verb::post, std::move(target)),
                                               token);
}

}  // namespace

TEST_CASE("calls are limited by member, and every answer says how many are left") {  // asvs: 2.4.1
  limited_door on{{.per_minute = 3, .costly_per_minute = 0}};
  const auto token = on.sign_up("one");
  for (const auto* left : {"2", "1", "0"}) {
    const auto answer = on.get("/test/cheap", token);
    CHECK(answer.status == 204);
    CHECK(answer.find("ratelimit-policy") == R"("calls_by_member";q=3;w=60)");
    CHECK(answer.find("ratelimit").value_or("").find(std::string{"r="} + left) != std::string::npos);
  }
  const auto refused = on.get("/test/cheap", token);
  CHECK(refused.status == 429);
  CHECK(refused.find("retry-after") == "20");
  CHECK(refused.find("ratelimit").has_value());
  CHECK(on.get("/test/cheap", on.sign_up("another")).status == 204);
  CHECK(on.get("/live", "").status == 200);
  CHECK_FALSE(on.get("/live", "").find("ratelimit"));
}

TEST_CASE("costly calls have a limit of their own, and count among all calls too") {
  limited_door on{{.per_minute = 4, .costly_per_minute = 2}};
  const auto token = on.sign_up("one");
  CHECK(on.get("/test/costly", token).find("ratelimit-policy") == R"("costly_calls_by_member";q=2;w=60)");
  CHECK(on.get("/test/costly", token).status == 204);
  CHECK(on.get("/test/costly", token).status == 429);
  CHECK(on.get("/test/cheap", token).status == 204);
  CHECK(on.get("/test/cheap", token).status == 204);
  CHECK(on.get("/test/cheap", token).status == 429);
}

TEST_CASE("who may send a body, and how much, is decided by the header") {
  limited_door on{{}};
  const auto permit = [&](const http::server::request& asked) { return on.door.permit_body(asked); };
  CHECK(permit(post_of("/auth/login")).bytes_max == http::public_body_bytes_max);
  CHECK_FALSE(permit(post_of("/auth/login")).instead);
  CHECK(permit(post_of("/posts")).instead.value().status == 401);
  CHECK(permit(post_of("/api/posts", "not a token")).instead.value().status == 401);
  CHECK(
      permit(post_of("/posts", token_of(on.door, on.front, "analyst", domain::role::analyst))).instead.value().status ==
      403);
  const auto owner = token_of(on.door, on.front, "owner");
  CHECK(permit(post_of("/posts", owner)).bytes_max == http::body_bytes_max);
  CHECK(permit(post_of("/test/tight", owner)).bytes_max == 10);
  CHECK(permit(post_of("/nowhere", owner)).instead.value().status == 404);
  CHECK(permit(post_of("/live", owner)).instead.value().status == 405);
}

TEST_CASE("figures need the token where one is set, and are not there where they are not served") {  // asvs: 13.4.5
  tests::front_door_fixture on;
  CHECK(on.get("/metrics").status() == 200);
  on.services.figures.token = base::secret{"the token of the figures"};
  CHECK(on.get("/metrics").status() == 401);
  CHECK(on.get("/metrics", "the token of the figure").status() == 401);
  CHECK(on.get("/metrics", "the token of the figures").status() == 200);
  on.services.figures.is_served = false;
  CHECK(on.get("/metrics", "the token of the figures").status() == 404);
}

TEST_CASE("while the database is waited for the service lives, is not ready, and says why") {
  tests::front_door_fixture front;
  http::waiting_room room{front.measures, {}};
  room.say("The service waits for something.");
  http::server::options settings;
  settings.before_body = room.before_body();
  http::server::server server{settings, room.handler(), room.refusal()};
  REQUIRE(server.start().empty());
  const auto ask = [&](const std::string& line, const std::string& body = {}) {
    tests::raw_client client{server.port()};
    client.send(line + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return client.receive().value();
  };
  CHECK(ask("GET /live").status == 200);
  CHECK(ask("GET /api/live").status == 200);
  const auto waiting = ask("GET /ready");
  CHECK(waiting.status == 503);
  CHECK(boost::json::parse(waiting.body).at("reason") == "The service waits for something.");
  for (const auto& answer : {ask("GET /posts"), ask("POST /auth/login", "{}"), ask("GET /metrics")}) {
    CHECK(answer.status == 503);
    CHECK(answer.find("retry-after") == "1");
    CHECK(boost::json::parse(answer.body).at("code") == "starting");
  }
  room.open(front.door);
  CHECK(ask("GET /posts").status == 401);
  CHECK(ask("POST /posts", "{}").status == 401);
}
