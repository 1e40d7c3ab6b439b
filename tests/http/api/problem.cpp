#include "http/api/problem.hpp"

#include <catch2/catch.hpp>

#include "base/describe.hpp"

using namespace pulse;

namespace {

boost::json::object body_of(const http::problem& what, std::string_view path = "/posts/1") {
  return boost::json::parse(http::render(what, path, "r-1").body).as_object();
}

}  // namespace

TEST_CASE("a problem is rendered as RFC 9457 wants it") {  // asvs: 4.1.1
  const auto what = http::problems::invalid_fields({{.pointer = "/variants/2/text", .detail = "must not be empty"},
                                                    {.parameter = "limit", .detail = "must be from 1 to 100"}});
  const auto answer = http::render(what, "/posts", "r-1");
  CHECK(answer.status == 422);
  CHECK(answer.content_type == "application/problem+json");
  const auto body = boost::json::parse(answer.body).as_object();
  CHECK(body.at("status") == 422);
  CHECK(body.at("type") == "urn:pulse:problem:invalid_fields");
  CHECK(body.at("title") == "Invalid fields");
  CHECK(body.at("code") == "invalid_fields");
  CHECK(body.at("instance") == "/posts");
  CHECK(body.at("request_id") == "r-1");
  CHECK(body.at("detail") ==
        "The field /variants/2/text must not be empty. Correct the 2 errors listed and send the request again.");
  CHECK(body.at("errors") == boost::json::parse(R"([{"pointer":"/variants/2/text","detail":"must not be empty"},
                                                    {"parameter":"limit","detail":"must be from 1 to 100"}])"));
}

TEST_CASE("what a client sent cannot break out of a problem") {  // asvs: 1.1.2
  const std::string path = "/\"},\n{\"x\":\"\x01";
  const auto body = body_of(http::problems::not_found("post"), path);
  CHECK(std::string{body.at("instance").as_string()} == path);
}

TEST_CASE("every failure of the database has an answer, and none says what happened inside") {  // asvs: 16.5.1
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<persistence::failure_kind>>([](auto entry) {
    INFO(entry.name);
    const persistence::failure why{entry.value, "find_post: XX000 internal words of the server", "some_constraint"};
    const auto what = http::problems::of(why);
    const auto answer = http::render(what, "/posts", "r-1");
    CHECK(answer.status >= 400);
    CHECK(answer.body.find("internal words") == std::string::npos);
    CHECK(what.cause == why.detail);
    CHECK_FALSE(body_of(what).at("detail").as_string().empty());
    if (answer.status == 503) CHECK(answer.find("retry-after").has_value());
  });
}

TEST_CASE("a refusal of the generic server looks like every other problem") {
  const auto body = body_of(http::problems::of_refusal(431, "Header too large", "The header is too large."), "");
  CHECK(body.at("code") == "header_too_large");
  CHECK(body.at("title") == "Header too large");
  CHECK_FALSE(body.contains("instance"));
}

TEST_CASE("a refused token says so in WWW-Authenticate") {
  const auto refused = http::render(http::problems::unauthenticated("expired_token", "x"), "/", "r");
  REQUIRE(refused.find("www-authenticate").has_value());
  CHECK(refused.find("www-authenticate")->find("invalid_token") != std::string_view::npos);
  const auto missing = http::render(http::problems::unauthenticated("missing_token", "x"), "/", "r");
  CHECK(missing.find("www-authenticate") == R"(Bearer realm="pulse")");
}

TEST_CASE("a name in a problem does not turn the order of what is read, and a time to wait is told as people say it") {
  auto what = http::problems::conflict("taken", "The name \u202Eabc\u202C is taken.");
  what.errors.push_back({.pointer = "/name", .detail = "is \u2067taken\u2069"});
  const auto body = body_of(what);
  CHECK(body.at("detail") == "The name abc is taken.");
  CHECK(body.at("errors").at(0).at("detail") == "is taken");
  CHECK(http::problems::too_many_requests("requests", std::chrono::seconds{120}).detail ==
        "Too many requests (requests). Wait 2 minutes and send it again.");
}
