// The feeds of a website channel: valid whatever was published, and in pages that cover everything.
#include <cstdio>
#include <set>

#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include "http/routes/site/site_pages.hpp"
#include "tests/http/routes/site/site_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using tests::site_fixture;

namespace {

/// What https://jsonfeed.org/version/1.1 requires, and what it says of the rest that we write.
void check_json_feed(const boost::json::value& feed) {
  CHECK(feed.at("version").as_string() == "https://jsonfeed.org/version/1.1");
  CHECK_FALSE(feed.at("title").as_string().empty());
  for (const auto& author : feed.at("authors").as_array()) CHECK(author.at("name").is_string());
  std::set<std::string> ids;
  for (const auto& item : feed.at("items").as_array()) {
    CHECK(ids.insert(std::string{item.at("id").as_string()}).second);
    CHECK(item.at("url").as_string().starts_with("http://"));
    CHECK(item.at("content_text").is_string());
    CHECK(item.at("content_html").is_string());
    CHECK(base::parse_timestamp(std::string_view{item.at("date_published").as_string()}));
    for (const auto& member : item.as_object()) CHECK_FALSE(member.value().is_null());
  }
}

/// The rules of RFC 4287 §4.1.1 and §4.1.2 on what a feed and an entry have.
void check_atom_feed(const std::string& xml) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size());
  INFO(parsed.description());
  REQUIRE(parsed);
  const auto feed = document.child("feed");
  CHECK(std::string{feed.attribute("xmlns").value()} == "http://www.w3.org/2005/Atom");
  const auto one = [](const pugi::xml_node& of, const char* name) {
    const auto children = of.children(name);
    CHECK(std::distance(children.begin(), children.end()) == 1);
    return std::string{of.child_value(name)};
  };
  CHECK(one(feed, "id").starts_with("urn:uuid:"));
  CHECK_FALSE(one(feed, "title").empty());
  CHECK(base::parse_timestamp(one(feed, "updated")));
  CHECK_FALSE(std::string{feed.child("author").child_value("name")}.empty());
  CHECK(feed.find_child_by_attribute("link", "rel", "self"));
  std::set<std::string> ids;
  for (const auto& entry : feed.children("entry")) {
    CHECK(ids.insert(one(entry, "id")).second);
    CHECK_FALSE(one(entry, "title").empty());
    CHECK(base::parse_timestamp(one(entry, "updated")));
    CHECK(entry.find_child_by_attribute("link", "rel", "alternate"));
    CHECK(std::string{entry.child("content").attribute("type").value()} == "html");
  }
}

/// What xmllint says; nothing where it is not installed.
std::optional<bool> passes_xmllint(const std::string& xml) {
  const pulse::support::temporary_directory folder;
  const auto file = folder.write("feed.xml", xml);
  const auto said =
      std::system(("command -v xmllint >/dev/null 2>&1 || exit 77; xmllint --noout '" + file.string() + "'").c_str());
  if (WEXITSTATUS(said) == 77) return std::nullopt;
  return said == 0;
}

}  // namespace

TEST_CASE("a site's feeds are valid, empty and with anything published") {
  site_fixture site;
  const auto check = [&](std::size_t items) {
    const auto json = site.get(site.address("/feed.json"));
    REQUIRE(json.status() == 200);
    CHECK(json.raw.content_type == "application/feed+json");
    check_json_feed(json.body);
    CHECK(json.body.at("items").as_array().size() == items);
    const auto atom = site.get(site.address("/feed.xml"));
    REQUIRE(atom.status() == 200);
    CHECK(atom.raw.content_type == "application/atom+xml; charset=utf-8");
    check_atom_feed(atom.raw.bytes());
    CHECK(passes_xmllint(atom.raw.bytes()).value_or(true));
  };
  check(0);
  site.publish("Plain");
  site.publish("<script>alert('x')</script> & \"quotes\" ]]> 🐘", "A <b>title</b> & more");
  site.publish(
      "control \x01\x08\x0b\x1f\x7f characters \xef\xbf\xbe and \xef\xbf\xbf, tab\tand\nlines\r\n\r\nand paragraphs");
  site.publish("\n\n  \n");
  check(4);
}

TEST_CASE("a feed shows the newest first, at addresses that lead to pages") {
  site_fixture site;
  const auto first = site.publish("First", "Number one");
  site.clock.advance(std::chrono::seconds{5});
  const auto second = site.publish("Second");
  const auto feed = site.get(site.address("/feed.json"));
  CHECK(feed.text("/title") == "Tom & Jerry <live>");
  CHECK(feed.text("/feed_url") == "http://pulse.test" + site.address("/feed.json"));
  CHECK(feed.text("/items/0/url") == "http://pulse.test" + site.address("/posts/" + second));
  CHECK(feed.text("/items/1/title") == "Number one");
  CHECK_FALSE(feed.body.at_pointer("/items/0").as_object().contains("title"));
  const auto page = site.get(site.address("/posts/" + first));
  CHECK(page.status() == 200);
  CHECK(page.raw.content_type == "text/html; charset=utf-8");
  CHECK(page.raw.bytes().find("<h1>Number one</h1>") != std::string::npos);
  CHECK(site.get(site.address("")).raw.bytes().find("Tom &amp; Jerry &lt;live&gt;") != std::string::npos);
  const auto listed = site.get("/website/publications?project_id=" + site.project, site.token);
  CHECK(listed.text("/items/0/id") == second);
  CHECK(listed.text("/items/1/text") == "First");
  CHECK(site.get("/website/publications?limit=1", site.token).body.at("next_cursor").is_string());
}

TEST_CASE("a feed has a strong tag and a date that change with it") {
  site_fixture site;
  site.publish("First");
  site.clock.advance(std::chrono::seconds{60});
  const auto before = site.get(site.address("/feed.xml"));
  REQUIRE(before.raw.find("etag"));
  const auto tag = std::string{*before.raw.find("etag")};
  CHECK(tag.starts_with('"'));
  CHECK(before.raw.find("last-modified") == "Sun, 22 Nov 2026 00:00:00 GMT");
  CHECK(site.get(site.address("/feed.xml")).raw.find("etag") == tag);
  site.publish("Second");
  site.clock.advance(std::chrono::seconds{60});
  const auto after = site.get(site.address("/feed.xml"));
  CHECK(after.raw.find("etag") != tag);
  CHECK(after.raw.find("last-modified") == "Sun, 22 Nov 2026 00:01:00 GMT");
}

TEST_CASE("a feed comes in pages that lead to all of it, each within its limit of entries and bytes") {
  site_fixture site;
  constexpr std::size_t all = 60;
  for (std::size_t i = 0; i < all; ++i) {
    site.publish(i < 5 ? std::string(19'990, '&') : "Short " + std::to_string(i));
    site.clock.advance(std::chrono::seconds{1});
  }
  std::set<std::string> seen;
  std::size_t pages = 0;
  for (auto path = site.address("/feed.json"); !path.empty(); ++pages) {
    const auto page = site.get(path);
    REQUIRE(page.status() == 200);
    check_json_feed(page.body);
    CHECK(page.raw.bytes().size() <= http::feed_bytes_max + 200'000);
    for (const auto& item : page.body.at("items").as_array()) {
      CHECK(seen.insert(std::string{item.at("id").as_string()}).second);
    }
    const auto* next = page.body.as_object().if_contains("next_url");
    CHECK(page.raw.find("link").has_value() == (next != nullptr));
    path = next == nullptr ? "" : std::string{next->as_string()}.substr(std::string{"http://pulse.test"}.size());
  }
  CHECK(seen.size() == all);
  CHECK(pages == 4);  // 50, then what fits of the long ones

  std::size_t entries = 0;
  for (auto path = site.address("/feed.xml"); !path.empty();) {
    const auto page = site.get(path);
    check_atom_feed(page.raw.bytes());
    CHECK(page.raw.bytes().size() <= http::feed_bytes_max + 200'000);
    pugi::xml_document document;
    REQUIRE(document.load_buffer(page.raw.bytes().data(), page.raw.bytes().size()));
    const auto feed = document.child("feed");
    for ([[maybe_unused]] const auto& each : feed.children("entry")) ++entries;
    CHECK(feed.find_child_by_attribute("link", "rel", "first"));
    const std::string next = feed.find_child_by_attribute("link", "rel", "next").attribute("href").value();
    path = next.empty() ? "" : next.substr(std::string{"http://pulse.test"}.size());
  }
  CHECK(entries == all);
  CHECK(site.get(site.address("")).raw.bytes().find("rel=\"next\"") != std::string::npos);
  CHECK(site.get(site.address("/feed.json?before=nonsense")).status() == 422);
  CHECK(site.get(site.address("/feed.json?before=" + base::to_string(base::uuid_from_name("nowhere")))).status() ==
        404);
}

TEST_CASE("fifty posts of quotes do not make a feed of ten megabytes") {
  site_fixture site;
  for (int i = 0; i < 50; ++i) site.publish(std::string(19'990, '"'));
  for (const auto* rest : {"/feed.xml", "/feed.json"}) {
    CHECK(site.get(site.address(rest)).raw.bytes().size() < http::feed_bytes_max + 200'000);
  }
}
