// When a page of a site is answered 304, and when it is rendered again.
#include "http/routes/site/site_cache.hpp"

#include <catch2/catch.hpp>

#include "tests/http/routes/site/site_fixture.hpp"

using namespace pulse;
using tests::site_fixture;

TEST_CASE("whoever has a feed gets 304, by its tag in any coding or by its date in any form") {
  site_fixture site;
  site.publish(std::string(3000, 'x'));
  site.clock.advance(std::chrono::seconds{60});
  for (const auto* rest : {"", "/feed.json", "/feed.xml"}) {
    INFO(rest);
    const auto path = site.address(rest);
    const auto plain = site.get(path);
    const auto zipped = site.get_with(path, "accept-encoding", "gzip");
    CHECK(plain.raw.find("vary") == "accept-encoding");
    for (const auto& tag : {*plain.raw.find("etag"), *zipped.raw.find("etag")}) {
      const auto again = site.get_with(path, "if-none-match", std::string{tag});
      CHECK(again.status() == 304);
      CHECK(again.raw.find("etag") == tag);
      CHECK(again.raw.bytes().empty());
    }
    CHECK(site.get_with(path, "if-modified-since", "Sun, 22 Nov 2026 00:00:30 GMT").status() == 304);
    CHECK(site.get_with(path, "if-modified-since", "Sunday, 22-Nov-26 00:00:30 GMT").status() == 304);
    CHECK(site.get_with(path, "if-modified-since", "Sat, 21 Nov 2026 23:59:59 GMT").status() == 200);
    CHECK(site.get_with(path, "if-none-match", "\"other\"").status() == 200);
  }
  CHECK(site.get_with(site.address("/feed.xml"), "accept-encoding", "gzip").raw.find("content-encoding") == "gzip");
}

TEST_CASE("a feed is rendered once for all who read it, and anew after every change") {
  site_fixture site;
  const auto first = site.publish("First");
  const auto path = site.address("/feed.json");
  const auto shown = site.get(path).raw.shared_body;
  REQUIRE(shown);
  CHECK(site.get(path + "?utm_source=mail").raw.shared_body == shown);
  site.clock.advance(std::chrono::seconds{1});
  site.publish("Second");
  const auto after = site.get(path);
  CHECK(after.raw.shared_body != shown);
  CHECK(after.body.at("items").as_array().size() == 2);
  // A change in the same microsecond, and one of the project, are changes, too.
  site.publish("Third");
  CHECK(site.get(path).body.at("items").as_array().size() == 3);
  const auto tag = std::string{*site.get(path).raw.find("etag")};
  site.clock.advance(std::chrono::seconds{1});
  CHECK(site.patch("/projects/" + site.project, R"({"name":"Renamed"})", site.token).status() == 200);
  CHECK(site.get(path).text("/title") == "Renamed");
  CHECK(site.get(path).raw.find("etag") != tag);
}

TEST_CASE("the cache of pages keeps to its bytes and forgets what was asked for longest ago") {
  using http::routes::rendered_page;
  http::routes::site_cache cache{100'000};
  const auto page = [](std::size_t bytes) {
    return std::make_shared<const rendered_page>(rendered_page{
        .etag = "\"1\"", .body = std::make_shared<const std::string>(bytes, 'x'), .gzip = nullptr, .next = ""});
  };
  for (int i = 0; i < 100; ++i) {
    cache.keep("page " + std::to_string(i), page(5000));
    CHECK(cache.find("page 0", "\"1\""));  // asked for again and again
    CHECK(cache.bytes() <= 100'000);
  }
  CHECK(cache.find("page 99", "\"1\""));
  CHECK_FALSE(cache.find("page 99", "\"2\""));
  CHECK_FALSE(cache.find("page 50", "\"1\""));
  cache.keep("large", page(50'000));
  CHECK_FALSE(cache.find("large", "\"1\""));
}
