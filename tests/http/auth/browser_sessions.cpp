// The refresh-token cookie of a browser: which pages may ask for it, and to which routes it goes.
#include "http/auth/browser_sessions.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using http::keeping;

namespace {

http::server::request asked(std::string path, std::vector<http::server::header> headers = {}) {
  http::server::request made;
  made.path = std::move(path);
  made.headers = std::move(headers);
  return made;
}

}  // namespace

TEST_CASE("a client that does not ask for a cookie keeps its token in the body") {
  const http::browser_sessions browsers{"http://localhost:8000", {}};
  CHECK(*browsers.keeping_of(asked("/auth/login")) == keeping::body);
  CHECK(*browsers.keeping_of(asked("/auth/login", {{"x-pulse-session", "body"}})) == keeping::body);
  CHECK(*browsers.keeping_of(asked("/auth/login", {{"x-pulse-session", "cookie"}})) == keeping::cookie);
  CHECK(browsers.keeping_of(asked("/auth/login", {{"x-pulse-session", "Cookie, please"}})).error().status == 400);
}

TEST_CASE("only our own pages, and those that the operator lists, may use the cookie") {  // asvs: 3.5.2
  const http::browser_sessions browsers{"https://api.example.org/pulse", {"https://app.example.org"}};
  const auto answer_to = [&](std::string origin, std::string host) {
    const auto how = browsers.keeping_of(asked(
        "/auth/refresh", {{"x-pulse-session", "cookie"}, {"origin", std::move(origin)}, {"host", std::move(host)}}));
    return how ? 200 : how.error().status;
  };
  CHECK(answer_to("https://api.example.org", "10.0.0.1:8000") == 200);
  CHECK(answer_to("https://app.example.org", "api.example.org") == 200);
  CHECK(answer_to("http://localhost:8000", "localhost:8000") == 200);
  CHECK(answer_to("https://evil.example", "api.example.org") == 403);
  CHECK(answer_to("http://app.example.org", "api.example.org") == 403);
  CHECK(answer_to("https://app.example.org.evil.example", "api.example.org") == 403);
  CHECK(answer_to("null", "api.example.org") == 403);
  CHECK(answer_to("", "api.example.org") == 403);
}

TEST_CASE("the cookie goes to the routes of sessions alone, also below a prefix, and is Secure with https") {
  const http::browser_sessions plain{"http://localhost:8000", {}};
  using std::chrono::hours;  // asvs: 3.3.1 3.3.3
  const auto here = plain.keep(asked("/auth/login"), "abc", hours{1});
  CHECK(here.name == "set-cookie");
  CHECK(here.value == "pulse_refresh=abc; Max-Age=3600; Path=/auth; HttpOnly; SameSite=Strict");
  CHECK(plain.keep(asked("/api/signup"), "abc", hours{1}).value ==
        "pulse_refresh=abc; Max-Age=3600; Path=/api/auth; HttpOnly; SameSite=Strict");
  CHECK(plain.keep(asked("/apiary"), "abc", hours{1}).value.find("Path=/auth;") != std::string::npos);
  CHECK(plain.forget(asked("/auth/logout")).value ==
        "pulse_refresh=; Max-Age=0; Path=/auth; HttpOnly; SameSite=Strict");

  const http::browser_sessions prefixed{"https://example.org/pulse/", {}};
  CHECK(prefixed.keep(asked("/api/auth/login"), "abc", hours{1}).value ==
        "__Secure-pulse_refresh=abc; Max-Age=3600; Path=/pulse/api/auth; Secure; HttpOnly; SameSite=Strict");
  // A proxy that leaves the prefix where it is.
  for (const auto* path : {"/pulse/api/auth/login", "/pulse/api/auth/refresh"}) {
    CHECK(prefixed.keep(asked(path), "abc", hours{1}).value.find("Path=/pulse/api/auth;") != std::string::npos);
  }
  CHECK(prefixed.keep(asked("/pulse/auth/login"), "abc", hours{1}).value.find("Path=/pulse/auth;") !=
        std::string::npos);
  const http::browser_sessions below_api{"https://example.org/api", {}};
  CHECK(below_api.keep(asked("/auth/login"), "abc", hours{1}).value.find("Path=/api/auth;") != std::string::npos);
  CHECK(below_api.keep(asked("/api/auth/login"), "abc", hours{1}).value.find("Path=/api/auth;") != std::string::npos);
}

TEST_CASE("a cookie is found by its whole name, wherever it stands") {
  const auto find = [](std::string header) {
    return http::find_cookie(asked("/", {{"cookie", std::move(header)}}), "name");
  };
  CHECK(find("name=1") == "1");
  CHECK(find("other=2; name=1") == "1");
  CHECK(find("other=2;name=1=3 ;x=4") == "1=3");
  CHECK(find("name=") == "");
  CHECK_FALSE(find("names=1; xname=2; name").has_value());
  CHECK_FALSE(find("").has_value());
  CHECK(http::find_cookie(asked("/", {{"cookie", "a=1"}, {"cookie", "name=2"}}), "name") == "2");
}
