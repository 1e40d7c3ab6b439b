// A handler's arguments from path, query and body, and the refusals before the handler.
#include "http/api/parameters.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include "http/api/pagination.hpp"
#include "tests/http/front_door_fixture.hpp"

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

boost::asio::awaitable<http::reply<echo>> take_all(http::request_context&, http::in_path<by_id> path,
                                                   http::in_query<filter> query, http::in_body<body> sent) {
  echo made{path->id, query->of_kind, std::nullopt, query->tag, sent->name.value};
  if (query->limit) made.limit = query->limit->value;
  co_return http::reply<echo>{std::move(made)}.with("location", "/made");
}

http::reply<echo> take_optional(http::request_context&, http::in_body<std::optional<body>> sent) {
  echo made;
  if (sent.value) made.name = sent.value->name.value;
  return made;
}

http::reply<http::nothing> take_nothing(http::request_context&) { return http::nothing{}; }

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
    http::request_context context{asked, front.services, *match.found, match.values, {}, {}, {}, {}, {}};
    tests::answered made;
    boost::asio::co_spawn(io, match.found->run(context), [&](std::exception_ptr thrown, http::server::response given) {
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
