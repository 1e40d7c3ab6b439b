// Sessions of browsers, from signing in to signing out, with the refresh token in a cookie.
#include <catch2/catch.hpp>

#include "tests/http/routes/people/people_fixture.hpp"

using namespace pulse;
using http::server::verb;

namespace {

http::server::request of_browser(http::server::request asked, const std::string& cookie = {}) {
  asked.headers.push_back({"x-pulse-session", "cookie"});
  asked.headers.push_back({"origin", "http://pulse.test"});
  if (!cookie.empty()) asked.headers.push_back({"cookie", "theme=dark; pulse_refresh=" + cookie});
  return asked;
}

/// The token in the answer's Set-Cookie; empty when it takes the cookie away.
std::optional<std::string> cookie_of(const tests::answered& from) {
  const auto set = from.raw.find("set-cookie");
  if (!set) return std::nullopt;
  const auto begin = set->find('=') + 1;
  return std::string{set->substr(begin, set->find(';') - begin)};
}

struct browser_fixture : tests::people_fixture {
  tests::answered sign_in() {
    sign_up("owner@example.com");
    return answer(of_browser(log_in_request("owner@example.com", password)));
  }
  tests::answered renew(const std::string& cookie) {
    return answer(of_browser(request(verb::post, "/auth/refresh"), cookie));
  }
};

}  // namespace

TEST_CASE("a browser's refresh token is in a cookie and nowhere in the body, and renews its session from there") {
  browser_fixture front;  // asvs: 3.3.2 3.3.4 10.1.1
  const auto made = front.sign_in();
  REQUIRE(made.status() == 200);
  CHECK_FALSE(made.body.as_object().contains("refresh_token"));
  const auto first = cookie_of(made);
  REQUIRE(first.has_value());
  CHECK(made.raw.body.find(*first) == std::string::npos);
  CHECK(made.raw.find("set-cookie")->find("HttpOnly; SameSite=Strict") != std::string::npos);

  const auto renewed = front.renew(*first);
  REQUIRE(renewed.status() == 200);
  CHECK_FALSE(renewed.body.as_object().contains("refresh_token"));
  REQUIRE(cookie_of(renewed).has_value());
  CHECK(*cookie_of(renewed) != *first);
  CHECK(front.get("/auth/me", renewed.text("/access_token")).status() == 200);
}

TEST_CASE("signing up in a browser gives a cookie, too") {
  browser_fixture front;
  auto asked = front.request(verb::post, "/signup",
                             R"({"company_name":"Acme","email":"a@example.com","password":"correct horse battery"})");
  const auto made = front.answer(of_browser(std::move(asked)));
  REQUIRE(made.status() == 201);
  CHECK(cookie_of(made).has_value());
  CHECK_FALSE(made.body.as_object().contains("refresh_token"));
}

TEST_CASE("signing out in a browser ends the session of the cookie and takes the cookie away") {
  browser_fixture front;
  const auto cookie = *cookie_of(front.sign_in());
  const auto out = front.answer(of_browser(front.request(verb::post, "/auth/logout"), cookie));
  CHECK(out.status() == 204);
  CHECK(cookie_of(out) == "");
  const auto after = front.renew(cookie);
  CHECK(after.status() == 401);
  CHECK(cookie_of(after) == "");
}

TEST_CASE("a cookie is of no use to a request that another page forged") {  // asvs: 3.5.1
  browser_fixture front;
  const auto cookie = *cookie_of(front.sign_in());
  auto without_header = front.request(verb::post, "/auth/refresh");
  without_header.headers.push_back({"cookie", "pulse_refresh=" + cookie});
  CHECK(front.answer(without_header).status() == 422);
  auto foreign = front.request(verb::post, "/auth/refresh");
  foreign.headers = {
      {"x-pulse-session", "cookie"}, {"origin", "https://evil.example"}, {"cookie", "pulse_refresh=" + cookie}};
  CHECK(front.answer(foreign).code() == "foreign_origin");
  auto forged_logout = front.request(verb::post, "/auth/logout");
  forged_logout.headers = {{"cookie", "pulse_refresh=" + cookie}};
  CHECK(front.answer(forged_logout).status() == 401);
  CHECK(front.renew(cookie).status() == 200);
}

TEST_CASE("a cookie that did not come along is said so, and other clients keep the form with the body") {
  browser_fixture front;
  CHECK(front.answer(of_browser(front.request(verb::post, "/auth/refresh"))).code() == "missing_refresh_token");
  const auto made = front.sign_up("owner@example.com");
  CHECK_FALSE(made.raw.find("set-cookie").has_value());
  CHECK(front.refresh(made.text("/refresh_token")).status() == 200);
  CHECK(front.post("/auth/refresh", "").text("/errors/0/pointer") == "/refresh_token");
  CHECK(front.post("/auth/refresh", "{}").text("/errors/0/pointer") == "/refresh_token");
}

TEST_CASE("no answer that may hold a token is kept on the way") {  // asvs: 14.2.2
  browser_fixture front;
  CHECK(front.sign_up("owner@example.com").raw.find("cache-control") == "no-store");
  const auto made = front.log_in("owner@example.com");
  CHECK(made.raw.find("cache-control") == "no-store");
  CHECK(front.refresh(made.text("/refresh_token")).raw.find("cache-control") == "no-store");
  CHECK(front.log_in("owner@example.com", "wrong").raw.find("cache-control") == "no-store");
  CHECK(front.post("/auth/logout", "").raw.find("cache-control") == "no-store");
}
