#include "connectors/instagram/pages.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "base/time.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse;
using namespace pulse::connectors;
using tests::raw_connection;
using tests::raw_server;

namespace {

constexpr std::string_view media =
    R"({"data":[{"id":"18","caption":"New prices","permalink":"https://www.instagram.com/p/x/",
  "timestamp":"2026-11-30T08:30:00+0000"}]})";

page_reading read(raw_server& server, const std::string& name) {
  base::manual_clock clock{*base::parse_timestamp("2026-12-01T09:00:00Z")};
  egress client{{}, clock};
  instagram::instagram_options options;
  options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
  page_look wanted{.name = name};
  wanted.account = {"17841", "Acme", base::secret{"token"}};
  std::promise<page_reading> answer;
  instagram::read_page(options, client, clock, std::move(wanted),
                       [&answer](page_reading made) { answer.set_value(std::move(made)); });
  auto made = answer.get_future().get();
  client.stop();
  return made;
}

raw_server::script answering(std::string body) {
  return [body = std::move(body)](raw_connection& on) {
    while (on.read_request()) on.reply(200, body);
  };
}

}  // namespace

TEST_CASE("the company's own account is listed, another's is discovered, and one without media is empty") {
  SECTION("own") {
    raw_server server{answering(std::string{media})};
    const auto own = read(server, "acme");
    REQUIRE(own.posts.size() == 1);
    CHECK(own.posts[0].text == "New prices");
    CHECK(server.requests().front().find("/17841/media?") != std::string::npos);
  }
  SECTION("another's") {
    raw_server server{
        answering(R"({"business_discovery":{"media":)" + std::string{media} + R"(,"id":"9"},"id":"17841"})")};
    const auto other = read(server, "halden.bikes");
    REQUIRE(other.posts.size() == 1);
    CHECK(other.posts[0].url == "https://www.instagram.com/p/x/");
    CHECK(server.requests().front().find("business_discovery") != std::string::npos);
  }
  CHECK(instagram::read_discovery(R"({"business_discovery":{"id":"9"}})")->empty());
  CHECK_FALSE(instagram::read_discovery(R"({"id":"9"})").has_value());
}

TEST_CASE("a name that would break out of the query is not sent") {
  raw_server server{answering("{}")};
  CHECK(read(server, "x){id},me(y").problem.has_value());
  CHECK(server.requests().empty());
}
