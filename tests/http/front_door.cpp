// The front door's framework, through routes made for the test and through the real ones that need no database.
#include "http/front_door.hpp"

#include <catch2/catch.hpp>

#include "http/api/pagination.hpp"
#include "http/waiting_room.hpp"
#include "tests/http/front_door_fixture.hpp"
#include "tests/http/server/fixture.hpp"

using namespace pulse;
using http::server::verb;

namespace {

struct by_id {
  base::uuid id;
};
BOOST_DESCRIBE_STRUCT(by_id, (), (id))

enum class kind { plain, fancy };
BOOST_DESCRIBE_ENUM(kind, plain, fancy)

struct filter : http::page_request {
  kind of_kind = kind::plain;
  std::optional<bool> active;
  std::vector<std::string> tag;
};
BOOST_DESCRIBE_STRUCT(filter, (http::page_request), (of_kind, active, tag))

struct body {
  base::text<1, 5> name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(body, (), (name, count))

struct echo {
  std::optional<base::uuid> id;
  std::optional<kind> of_kind;
  std::optional<std::int64_t> limit;
  std::vector<std::string> tags;
  std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(echo, (), (id, of_kind, limit, tags, name))

boost::asio::awaitable<http::reply<echo>> take_all(http::call&, http::in_path<by_id> path, http::in_query<filter> query,
                                                   http::in_body<body> sent) {
  echo made{path->id, query->of_kind, std::nullopt, query->tag, sent->name.value};
  if (query->limit) made.limit = query->limit->value;
  co_return http::reply<echo>{std::move(made)}.with("location", "/made");
}

http::reply<echo> take_optional(http::call&, http::in_body<std::optional<body>> sent) {
  echo made;
  if (sent.value) made.name = sent.value->name.value;
  return made;
}

http::reply<http::nothing> take_nothing(http::call&) { return http::nothing{}; }

boost::asio::awaitable<http::reply<http::nothing>> break_down(http::call&) {
  throw std::runtime_error("internal words");
  co_return http::nothing{};
}

/// A table of test routes, run as the front door would run them.
struct bench {
  boost::asio::io_context io;  // before whose threads wake it
  tests::front_door_fixture front;
  http::route_table table;

  bench() {
    constexpr auto anyone = domain::permission::public_;
    table.add(verb::post, "/all/{id}", anyone, &take_all, "all", {.success = 201});
    table.add(verb::post, "/optional", anyone, &take_optional, "optional");
    table.add(verb::post, "/nothing", anyone, &take_nothing, "nothing", {.success = 204});
    REQUIRE(table.mistakes().empty());
  }

  tests::answered run(const http::server::request& asked) {
    const auto match = table.find(asked.method, asked.path);
    REQUIRE(match.found != nullptr);
    http::call of{asked, front.services, *match.found, match.values, {}, {}, {}, {}, {}};
    tests::answered made;
    boost::asio::co_spawn(io, match.found->run(of), [&](std::exception_ptr thrown, http::server::response given) {
      if (thrown) std::rethrow_exception(thrown);
      made.raw = std::move(given);
    });
    io.restart();
    io.run();
    if (!made.raw.body.empty()) made.body = boost::json::parse(made.raw.body);
    return made;
  }
  tests::answered post(std::string target, std::string text) {
    return run(tests::front_door_fixture::request(verb::post, std::move(target), std::move(text)));
  }
};

const std::string some_id = "01890a5d-ac96-774b-bcce-b302099a8057";

/// "place: what" of every error, in order.
std::vector<std::string> errors_of(const tests::answered& from) {
  std::vector<std::string> found;
  for (const auto& one : from.body.at("errors").as_array()) {
    const auto& error = one.as_object();
    const auto* place = error.if_contains("pointer");
    if (place == nullptr) place = error.if_contains("parameter");
    found.push_back(std::string{place->as_string()} + ": " + std::string{error.at("detail").as_string()});
  }
  return found;
}

}  // namespace

TEST_CASE("a handler gets what the path, the query and the body say") {
  bench on;
  const auto answer =
      on.post("/all/" + some_id + "?of_kind=fancy&limit=7&tag=a&tag=b+c", R"({"name":"x","count":null})");
  CHECK(answer.status() == 201);
  CHECK(answer.raw.find("location") == "/made");
  CHECK(answer.body ==
        boost::json::parse(R"({"id":")" + some_id + R"(","of_kind":"fancy","limit":7,"tags":["a","b c"],"name":"x"})"));
}

TEST_CASE("everything that is wrong with a request is said at once, with its place") {
  bench on;  // asvs: 1.5.2 2.2.1 8.2.3 15.3.3
  const auto answer =
      on.post("/all/17?limit=101&active=maybe&nonsense=1", R"({"name":"too long","count":"x","more":1})");
  CHECK(answer.status() == 422);
  CHECK(answer.code() == "invalid_fields");
  CHECK(errors_of(answer) ==
        std::vector<std::string>{"id: must be a UUID", "limit: must be from 1 to 100", "of_kind: is required",
                                 "active: must be true or false", "nonsense: is not a parameter of this request",
                                 "/name: must have at most 5 characters, has 8",
                                 "/count: must be a number, is a string", "/more: is not a field of this request"});
}

TEST_CASE("a query is refused when it is malformed or says a thing twice") {  // asvs: 15.3.7
  bench on;
  CHECK(on.post("/all/" + some_id + "?of_kind=%zz", R"({"name":"x"})").status() == 400);
  const auto twice = on.post("/all/" + some_id + "?of_kind=plain&of_kind=fancy", R"({"name":"x"})");
  CHECK(errors_of(twice) == std::vector<std::string>{"of_kind: is given more than once"});
  CHECK(on.post("/all/" + some_id + "?of_kind=plain&limit=", R"({"name":"x"})").status() == 422);
  CHECK(on.post("/all/" + some_id + "?of_kind=plain&limit=99999999999999999999", R"({"name":"x"})").status() == 422);
  CHECK(on.post("/nothing?x=1", "").status() == 422);
}

TEST_CASE("a body that is not JSON is 400, and one that is not called JSON is 415") {  // asvs: 3.5.2
  bench on;
  const auto address = "/all/" + some_id + "?of_kind=plain";
  for (const std::string& text :
       {std::string{"{"}, std::string{"{} {}"}, std::string{"\xff\xfe"}, std::string{"NaN"}, std::string{},
        std::string(40, '[') + std::string(40, ']'), std::string{"{\"name\":\"\xc0\xaf\"}"}}) {
    INFO(text);
    CHECK(on.post(address, text).status() == 400);
  }
  for (const auto* text : {"null", "[]", "1", "\"x\""}) CHECK(on.post(address, text).status() == 422);
  CHECK(on.post(address, R"({"name":"a\u0000b"})").status() == 422);
  const auto with_type = [&](const std::string& type) {
    auto asked = tests::front_door_fixture::request(verb::post, address, R"({"name":"x"})");
    asked.headers = {{"content-type", type}};
    return on.run(asked).status();
  };
  CHECK(with_type("application/json") == 201);
  CHECK(with_type("Application/JSON; charset=\"UTF-8\"") == 201);
  CHECK(with_type("application/json;charset=latin1") == 415);
  CHECK(with_type("text/plain") == 415);
  CHECK(with_type("application/jsonx") == 415);
  CHECK(with_type("") == 415);
}

TEST_CASE("a body may be left out where it is optional, and must be empty where there is none") {
  bench on;
  CHECK(on.post("/optional", "").status() == 200);
  CHECK(on.post("/optional", R"({"name":"x"})").text("/name") == "x");
  CHECK(on.post("/optional", "{}").status() == 422);
  const auto none = on.post("/nothing", "");
  CHECK(none.status() == 204);
  CHECK(none.raw.body.empty());
  CHECK(on.post("/nothing", "{}").status() == 204);
  CHECK(errors_of(on.post("/nothing", R"({"a":1})")) == std::vector<std::string>{"/a: is not a field of this request"});
}

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

http::reply<patched> take(http::call&, http::in_body<patched> body) { return body.value; }

http::reply<http::nothing> make_one(http::call&) {
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
