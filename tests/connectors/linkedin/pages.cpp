// Posts of pages: the requests to LinkedIn, and the meaning of its answers.
#include "connectors/linkedin/pages.hpp"

#include <future>

#include <catch2/catch.hpp>

#include "base/time.hpp"
#include "tests/support/raw_server.hpp"

using namespace pulse;
using namespace pulse::connectors;
using tests::raw_connection;
using tests::raw_server;

namespace {

constexpr std::string_view organizations = R"({"elements":[{"id":2414183,"vanityName":"halden-bikes"}]})";
constexpr std::string_view listed = R"json({"elements":[
  {"id":"urn:li:share:3","author":"urn:li:organization:2414183","lifecycleState":"DRAFT","commentary":"not yet","publishedAt":1634790968774},
  {"id":"urn:li:share:2","author":"urn:li:organization:2414183","lifecycleState":"PUBLISHED","publishedAt":1634790968774,
   "commentary":"New prices {hashtag|\\#|bikes} \\(all\\) by @[Halden](urn:li:organization:2414183)"},
  {"id":"urn:li:ugcPost:1","lifecycleState":"PUBLISHED","commentary":"Hello","createdAt":1634790960000}]})json";

struct pages_fixture {
  base::manual_clock clock{*base::parse_timestamp("2026-12-01T09:00:00Z")};
  raw_server server;
  egress client{{}, clock};

  explicit pages_fixture(raw_server::script script) : server(std::move(script)) {}
  ~pages_fixture() { client.stop(); }

  page_reading read(const std::string& name, std::optional<std::string> organization = std::nullopt) {
    linkedin::linkedin_options options;
    options.base_url = "http://127.0.0.1:" + std::to_string(server.port());
    page_look wanted{.name = name, .organization = std::move(organization)};
    wanted.account = {"member", "", base::secret{"token"}};
    std::promise<page_reading> answer;
    linkedin::read_page(options, client, clock, std::move(wanted),
                        [&answer](page_reading made) { answer.set_value(std::move(made)); });
    return answer.get_future().get();
  }
};

raw_server::script answering(int posts_status, std::string posts) {
  return [posts_status, posts = std::move(posts)](raw_connection& on) {
    while (const auto asked = on.read_request()) {
      if (asked->starts_with("GET /rest/organizations"))
        on.reply(200, organizations);
      else
        on.reply(posts_status, posts);
    }
  };
}

}  // namespace

TEST_CASE("a page's number is looked up by its name, and its published posts are read as people read them") {
  pages_fixture with{answering(200, std::string{listed})};
  const auto read = with.read("halden-bikes");
  CHECK_FALSE(read.problem.has_value());
  CHECK(read.organization == "urn:li:organization:2414183");
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0].id == "urn:li:share:2");
  CHECK(read.posts[0].text == "New prices #bikes (all) by Halden");
  CHECK(read.posts[0].url == "https://www.linkedin.com/feed/update/urn:li:share:2/");
  CHECK(base::to_string(read.posts[1].published_at).starts_with("2021-10-21T04:36:00"));
  const auto asked = with.server.requests();
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].find("vanityName=halden-bikes") != std::string::npos);
  CHECK(asked[1].find("author=urn%3Ali%3Aorganization%3A2414183&q=author") != std::string::npos);
  CHECK(asked[1].find("FINDER") != std::string::npos);
}

TEST_CASE("a page whose number is known, or is its name, is not looked up") {
  pages_fixture with{answering(200, R"({"elements":[]})")};
  CHECK(with.read("halden-bikes", "urn:li:organization:7").posts.empty());
  CHECK(with.read("2414183").organization == "urn:li:organization:2414183");
  for (const auto& each : with.server.requests()) CHECK(each.find("/rest/organizations") == std::string::npos);
}

TEST_CASE("a page that LinkedIn hides says why, and a malformed page is not an empty one") {
  SECTION("not administered") {
    pages_fixture with{answering(403, "{}")};
    CHECK(with.read("halden-bikes").problem->find("administrators only") != std::string::npos);
  }
  SECTION("the login has ended") {
    pages_fixture with{answering(401, "{}")};
    CHECK(with.read("halden-bikes").problem->find("connect it again") != std::string::npos);
  }
  SECTION("nonsense") {
    pages_fixture with{answering(200, R"({"elements":7})")};
    CHECK(with.read("halden-bikes").problem.has_value());
  }
}
