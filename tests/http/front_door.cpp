// The framework of the front door, through routes of the test and through real routes that need no database.
#include "http/front_door.hpp"

#include <catch2/catch.hpp>

#include "http/waiting_room.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse;
using http::server::verb;

namespace {

boost::asio::awaitable<http::reply<http::nothing>> break_down(http::request_context&) {
  throw std::runtime_error("internal words");
  co_return http::nothing{};
}

}  // namespace

TEST_CASE("what has no route, or not with this method, is answered with a problem") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  const auto missing = front.get("/nothing/here");
  CHECK(missing.status() == 404);
  CHECK(missing.raw.content_type == "application/problem+json");
  CHECK(missing.text("/instance") == "/nothing/here");
  const auto method = front.answer(front.request(verb::delete_, "/auth/login"));
  CHECK(method.status() == 405);
  CHECK(method.raw.find("allow") == "POST");
  const auto options = front.answer(front.request(verb::options, "/live"));
  CHECK(options.status() == 204);
  CHECK(options.raw.find("allow") == "GET, HEAD");
}

TEST_CASE("a problem names the address as others see it, whether a proxy leaves the prefix on or not") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front{"postgresql://nobody@/none?host=/nonexistent",
                                  "unix:///nonexistent/redis.sock",
                                  tests::wide_limits(),
                                  {},
                                  "https://example.org/pulse"};
  for (const std::string before : {"", "/pulse"}) {
    INFO(before);
    CHECK(front.get(before + "/nothing/here").text("/instance") == "/pulse/nothing/here");
    CHECK(front.answer(front.request(verb::delete_, before + "/auth/login")).text("/instance") == "/pulse/auth/login");
    CHECK(front.get(before + "/auth/me").text("/instance") == "/pulse/auth/me");
    CHECK(front.get(before + "/api/auth/me").text("/instance") == "/pulse/api/auth/me");
    CHECK(front.post(before + "/auth/login", "{}").text("/instance") == "/pulse/auth/login");
  }
  CHECK(front.get("/pulsed").text("/instance") == "/pulse/pulsed");
  http::waiting_room room{front.measures, http::addresses{"https://example.org/pulse"}};
  for (const std::string before : {"", "/pulse", "/api", "/pulse/api"}) {
    INFO(before);
    const auto at = [&](const std::string& path) {
      const auto refused = room.before_body()(front.request(verb::get, before + path));
      REQUIRE(refused.instead);
      return *refused.instead;
    };
    CHECK(at("/live").status == 200);
    CHECK(at("/ready").status == 503);
    CHECK(std::string{boost::json::parse(at("/posts").body).at("instance").as_string()} ==
          (before.starts_with("/pulse") ? "" : "/pulse") + before + "/posts");
  }
}

TEST_CASE("life needs no database, readiness does, and says what is missing") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  CHECK(front.get("/live").text("/status") == "ok");
  CHECK(front.get("/health").status() == 200);
  CHECK(front.get("/api/live?x=1").status() == 200);
  const auto ready = front.get("/ready");
  CHECK(ready.status() == 503);
  CHECK(ready.text("/status") == "unavailable");
  CHECK(ready.body.at_pointer("/checks/database/ok") == false);
  CHECK(ready.body.at_pointer("/checks/redis/ok") == false);
  CHECK(ready.body.at_pointer("/checks/database/latency_ms").is_null());
}

TEST_CASE("without the database a route that needs it answers 503 and says when to come back") {  // asvs: 16.5.2
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  const auto answer = front.get("/auth/me", front.token_of(domain::role::member));
  CHECK(answer.status() == 503);
  CHECK(answer.code() == "database_unavailable");
  CHECK(answer.raw.find("retry-after").has_value());
}

TEST_CASE("requests are counted by route and class of status") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  front.get("/live");
  front.get("/api/live");
  front.get("/auth/me");
  front.get("/nowhere");
  const auto page = front.get("/metrics");
  CHECK(page.raw.content_type.starts_with("text/plain"));
  const auto has = [&](std::string_view line) { return page.raw.body.find(line) != std::string::npos; };
  CHECK(has(R"(pulse_http_requests_total{method="GET",route="/live",status="2xx"} 2)"));
  CHECK(has(R"(pulse_http_requests_total{method="GET",route="/auth/me",status="4xx"} 1)"));
  CHECK(has(R"(pulse_http_requests_total{method="",route="",status="4xx"} 1)"));
  CHECK(has(R"(pulse_http_request_duration_seconds_count{method="GET",route="/live"} 2)"));
  CHECK(has("process_resident_memory_bytes"));
  CHECK(has(R"(pulse_database_queue_depth{pool="request"} 0)"));
  CHECK(has(R"(pulse_build_info{version="test"} 1)"));
}

TEST_CASE("the pages of the documentation name no other host") {  // asvs: 14.2.3
  const auto assets = std::string{std::getenv("PULSE_SOURCE_DIR") ? std::getenv("PULSE_SOURCE_DIR") : "."} +
                      "/http/docs_assets/node_modules";
  const http::routes::docs_assets docs(assets);
  for (const auto* name : {"swagger", "redoc", "start-swagger.js", "start-redoc.js"}) {
    INFO(name);
    const auto* page = docs.find(name);
    REQUIRE(page != nullptr);
    CHECK(page->content->find("//") == std::string::npos);
  }
  if (const auto* viewer = docs.find("redoc.standalone.js")) {
    CHECK(viewer->content->find("https://cdn.") == std::string::npos);
    CHECK(viewer->content->find("fonts.googleapis") == std::string::npos);
  }
  CHECK(docs.find("../package.json") == nullptr);
  CHECK(docs.find("") == nullptr);
}

TEST_CASE("viewers that are not installed are said so, and nothing else suffers") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  CHECK(front.get("/docs").code() == "docs_not_installed");
  CHECK(front.get("/redoc").status() == 503);
  CHECK(front.get("/docs/assets/swagger-ui.css").status() == 404);
  CHECK(front.get("/openapi.json").status() == 200);
}

TEST_CASE("a handler that throws is a 500 that tells nothing") {  // asvs: 16.3.4 16.5.1
  const tests::quiet_log quiet;
  tests::front_door_fixture front("postgresql://nobody@/none?host=/nonexistent", "unix:///nonexistent/redis.sock",
                                  tests::wide_limits(), [](http::route_table& table) {
                                    table.add(verb::get, "/broken", domain::permission::public_, &break_down, "broken");
                                  });
  const auto answer = front.get("/broken");
  CHECK(answer.status() == 500);
  CHECK(answer.code() == "internal_error");
  CHECK(answer.text("/request_id") == "test-request");
  CHECK(answer.raw.body.find("internal words") == std::string::npos);
}

namespace {

struct patched {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(patched, (), (name))

http::reply<patched> take(http::request_context&, http::in_body<patched> body) { return body.value; }

http::reply<http::nothing> make_one(http::request_context&) {
  return http::reply<http::nothing>{http::nothing{}}
      .with("location", "/made/1")
      .with("link", "</made?cursor=a>; rel=\"next\"");
}

}  // namespace

TEST_CASE("a PATCH may be called a merge patch, and nothing else may") {
  const tests::quiet_log quiet;
  tests::front_door_fixture front("postgresql://nobody@/none?host=/nonexistent", "unix:///nonexistent/redis.sock",
                                  tests::wide_limits(), [](http::route_table& table) {
                                    table.add(verb::patch, "/taken", domain::permission::public_, &take, "patch");
                                    table.add(verb::post, "/taken", domain::permission::public_, &take, "post");
                                  });
  const auto send = [&](verb method, const std::string& type) {
    auto asked = tests::front_door_fixture::request(method, "/taken", R"({"name":"a"})");
    asked.headers = {{"content-type", type}};
    return front.answer(asked);
  };
  CHECK(send(verb::patch, "application/json").status() == 200);
  CHECK(send(verb::patch, "application/merge-patch+json").status() == 200);
  CHECK(send(verb::patch, "Application/Merge-Patch+JSON; charset=utf-8").status() == 200);
  const auto refused = send(verb::patch, "application/json-patch+json");
  CHECK(refused.status() == 415);
  CHECK(refused.raw.find("accept-patch") == "application/json, application/merge-patch+json");
  CHECK(send(verb::post, "application/merge-patch+json").status() == 415);
  const auto document = front.get("/openapi.json");
  const auto& operations = document.body.at("paths").at("/taken");
  CHECK(operations.at("patch").at("requestBody").at("content").as_object().contains("application/merge-patch+json"));
  CHECK_FALSE(
      operations.at("post").at("requestBody").at("content").as_object().contains("application/merge-patch+json"));
}

TEST_CASE("under a path prefix every address that leaves has it, whether a proxy takes it off or not") {
  tests::front_door_fixture front(
      "postgresql://nobody@/none?host=/nonexistent", "unix:///nonexistent/redis.sock", tests::wide_limits(),
      [](http::route_table& table) { table.add(verb::get, "/made", domain::permission::public_, &make_one, "made"); },
      "https://example.org/pulse");
  for (const std::string prefix : {"", "/pulse"}) {
    INFO("prefix " << prefix);
    CHECK(front.get(prefix + "/live").status() == 200);
    CHECK(front.get(prefix + "/api/live").status() == 200);
    const auto index = front.get(prefix + "/");
    CHECK(index.text("/documentation") == "/pulse/docs");
    CHECK(index.text("/openapi") == "/pulse/openapi.json");
    CHECK(front.get(prefix + "/openapi.json").text("/servers/0/url") == "/pulse");
    CHECK(front.get(prefix + "/openapi.json").text("/servers/1/url") == "/pulse/api");
  }
  CHECK(front.get("/made").raw.find("location") == "/pulse/made/1");
  CHECK(front.get("/pulse/made").raw.find("link") == "</pulse/made?cursor=a>; rel=\"next\"");
  CHECK(front.get("/pulse").status() == 200);
  CHECK(front.get("/pulses/live").status() == 404);
  CHECK(front.get("/pulse/pulse/live").status() == 404);
  const http::routes::docs_assets docs("", "/pulse");
  for (const auto* name : {"swagger", "redoc", "start-swagger.js", "start-redoc.js"}) {
    INFO(name);
    const auto& page = *docs.find(name)->content;
    CHECK(page.find("{prefix}") == std::string::npos);
    CHECK(page.find("\"/docs") == std::string::npos);
    CHECK(page.find("\"/openapi") == std::string::npos);
    CHECK(page.find("\"/pulse/") != std::string::npos);
  }
}

TEST_CASE("an answer that is no page cannot be framed either") {  // asvs: 3.4.6
  const tests::quiet_log quiet;
  tests::front_door_fixture front;
  for (const auto* path : {"/live", "/auth/me", "/connectors/available"}) {
    const auto given = front.get(path);
    CHECK(given.raw.find("content-security-policy") == "frame-ancestors 'none'");
  }
}

TEST_CASE("no answer of the API may be kept by a cache that others share, unless its route says so") {
  tests::front_door_fixture front;  // asvs: 14.2.2 14.3.2
  CHECK(front.get("/auth/me").raw.find("cache-control") == "no-store");
  CHECK(front.get("/nowhere").raw.find("cache-control") == "no-store");
  CHECK(front.post("/auth/login", R"({"email":"a@example.org","password":"b"})").raw.find("cache-control") ==
        "no-store");
  CHECK(front.get("/openapi.json").raw.find("cache-control") == "no-cache");
}
