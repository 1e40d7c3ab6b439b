// The public side of a website channel: its feeds are valid, whatever was published. Over 400 lines: its checks of
// feeds and pages share one reader of XML.
#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>
#include <set>

#include <pugixml.hpp>

#include "http/routes/site/site_pages.hpp"
#include "persistence/publishing/website_publications.hpp"
#include "tests/http/routes/publishing/publishing_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace pulse;
using tests::publishing_fixture;

namespace {

/// A company whose website shows what a test publishes there, as the engine would.
struct site_fixture : publishing_fixture {
  std::string token = sign_up("acme");
  std::string project = add_project(token, "Tom & Jerry <live>");
  std::string website = add_website(token, project);

  std::string publish(const std::string& text, const std::string& title = {}) {
    namespace publications = persistence::website_publications;
    const auto post = add_post(
        token, project, title.empty() ? "" : R"(,"title":)" + boost::json::serialize(boost::json::string{title}));
    const publications::publication wanted{
        base::new_uuid(clock.now()), {}, *base::parse_uuid(post), *base::parse_uuid(website), "", text, clock.now()};
    const auto tenant = owner();
    const auto delivery = delivery_of(token, post);
    bring_to(delivery, domain::delivery_state::sending);
    const auto stored = engine_database.transact_now(std::nullopt, [&](persistence::transaction& tx) {
      return publications::store(tx, tenant, wanted, {*base::parse_uuid(delivery), 1});
    });
    REQUIRE(stored);
    REQUIRE(*stored);
    bring_to(delivery, domain::delivery_state::published);
    return base::to_string((*stored)->id);
  }

  /// A GET with one more header.
  tests::answered get_with(const std::string& target, std::string name, std::string value) {
    auto asked = request(http::server::verb::get, target);
    asked.headers.push_back({std::move(name), std::move(value)});
    return answer(asked);
  }

  base::uuid owner() {
    namespace publications = persistence::website_publications;
    return database.query_now(std::nullopt, publications::find_tenant_of_site, *base::parse_uuid(project))
        ->get<base::uuid>(0, 0);
  }

  std::string address(const std::string& rest) const { return "/site/" + project + rest; }
};

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

TEST_CASE("there is no site without a website channel, nor for what is not published there") {
  site_fixture site;
  const auto other = site.add_project(site.token, "Other");
  for (const auto* rest : {"", "/feed.json", "/feed.xml"}) {
    CHECK(site.get("/site/" + other + rest).status() == 404);
    CHECK(site.get("/site/" + base::to_string(base::uuid_from_name("nowhere")) + rest).status() == 404);
  }
  CHECK(site.get(site.address("/posts/" + base::to_string(base::uuid_from_name("nowhere")))).status() == 404);
  CHECK(site.get("/site/nonsense/feed.json").status() == 422);
  const auto stranger = site.sign_up("stranger");
  const auto shown = site.publish("Mine");
  const auto their_project = site.add_project(stranger);
  site.add_website(stranger, their_project);
  CHECK(site.get("/site/" + their_project + "/posts/" + shown).status() == 404);
}

TEST_CASE("a site whose website channel is removed says that it is gone, and so does each page that was there") {
  site_fixture site;
  const auto shown = site.publish("Shown");
  const auto withdrawn = site.publish("Withdrawn");
  REQUIRE(site.remove("/website/publications/" + withdrawn, site.token).status() == 204);
  const auto post = site.get("/website/publications/" + shown, site.token).text("/post_id");
  REQUIRE(site.remove("/channels/" + site.website, site.token).status() == 204);
  for (const auto* rest : {"", "/feed.json", "/feed.xml", "?before=", "/feed.xml?utm=1"}) {
    INFO(rest);
    const auto there = site.address(rest) + (std::string{rest} == "?before=" ? shown : "");
    CHECK(site.get(there).status() == 410);
    CHECK(site.get_with(there, "if-none-match", "*").status() == 410);
    CHECK(site.answer(site.request(http::server::verb::head, there)).status() == 410);
  }
  CHECK(site.get(site.address("/feed.json")).code() == "gone");
  for (const auto& id : {shown, withdrawn, post}) {
    const auto page = site.get(site.address("/posts/" + id));
    CHECK(page.status() == 410);
    CHECK(page.raw.content_type == "text/html; charset=utf-8");
    CHECK(page.raw.bytes().find("Shown") == std::string::npos);
  }
  CHECK(site.get(site.address("/posts/" + base::to_string(base::uuid_from_name("nowhere")))).status() == 404);
  const auto other = site.add_project(site.token, "Other");
  CHECK(site.get("/site/" + other).status() == 404);
  CHECK(site.get("/site/" + other + "/posts/" + shown).status() == 404);
  site.add_website(site.token, site.project);  // it is there again, with what was not withdrawn
  CHECK(site.get(site.address("/feed.json")).status() == 200);
  CHECK(site.get(site.address("/posts/" + shown)).status() == 200);
  CHECK(site.get(site.address("/posts/" + withdrawn)).status() == 410);
}

TEST_CASE("text becomes HTML that says the same and does nothing") {  // asvs: 1.2.1
  CHECK(http::to_html("a") == "<p>a</p>");
  CHECK(http::to_html("").empty());
  CHECK(http::to_html("a\nb") == "<p>a<br/>b</p>");
  CHECK(http::to_html("a\r\n\r\n\r\nb\n") == "<p>a</p>\n<p>b</p>");
  CHECK(http::to_html("<a href='x' onclick=\"y\">&lt;") == "<p>&lt;a href='x' onclick=\"y\"&gt;&lt;</p>");
  // Too deep for a person to mean it: shown as it is.
  CHECK(http::to_html(std::string(100, '>') + "a\n\nb") == "<p>" + [] {
    std::string marks;
    for (int i = 0; i < 100; ++i) marks += "&gt;";
    return marks;
  }() + "a</p>\n<p>b</p>");
  CHECK(http::to_html("&#1;").find('\x01') == std::string::npos);
}

TEST_CASE("a made-up title is the first line, cut between characters") {
  persistence::website_publications::publication shown;
  shown.text = "\n  First line\nSecond";
  CHECK(http::title_of(shown) == "First line");
  for (const auto& [text, title] : {std::pair{"## A heading\nText", "A heading"},
                                    {"> - quoted", "quoted"},
                                    {"#launch day", "#launch day"},
                                    {"-5 % today", "-5 % today"},
                                    {"**Bold** words", "**Bold** words"}}) {
    shown.text = text;
    CHECK(http::title_of(shown) == title);
  }
  shown.text = "";
  for (int i = 0; i < 100; ++i) shown.text += "é";
  std::string expected;
  for (int i = 0; i < 80; ++i) expected += "é";
  CHECK(http::title_of(shown) == expected + "…");
  shown.text = " \n ";
  CHECK(http::title_of(shown) == "Untitled");
  shown.title = "Given";
  CHECK(http::title_of(shown) == "Given");
}

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

TEST_CASE("a post that is deleted leaves the website and its feeds, and its page says that it is gone") {
  site_fixture site;
  const auto kept = site.publish("Kept");
  const auto gone = site.publish("Gone");
  const auto post = site.get("/website/publications/" + gone, site.token).text("/post_id");
  const auto tag = std::string{*site.get(site.address("/feed.xml")).raw.find("etag")};
  CHECK(site.remove("/posts/" + post, site.token).status() == 204);
  CHECK(site.get(site.address("/feed.json")).body.at("items").as_array().size() == 1);
  CHECK(site.get(site.address("/feed.json")).text("/items/0/id") == "urn:uuid:" + kept);
  CHECK(site.get_with(site.address("/feed.xml"), "if-none-match", tag).status() == 200);
  CHECK(site.get(site.address("")).raw.bytes().find(gone) == std::string::npos);
  for (const auto& id : {gone, post}) {
    const auto page = site.get(site.address("/posts/" + id));
    CHECK(page.status() == 410);
    CHECK(page.raw.content_type == "text/html; charset=utf-8");
    CHECK(page.raw.bytes().find("Gone") == std::string::npos);
  }
  CHECK(site.get(site.address("/posts/" + kept)).status() == 200);
  CHECK(site.get("/website/publications/" + gone, site.token).status() == 404);
  CHECK(tests::count(site.get("/website/publications", site.token)) == 1);
}

TEST_CASE("what is published on the website can be corrected and withdrawn, each with an event") {
  site_fixture site;
  const auto id = site.publish("A mistale", "Title");
  const auto one = "/website/publications/" + id;
  const auto post = site.get(one, site.token).text("/post_id");
  const auto tag = std::string{*site.get(site.address("/posts/" + id)).raw.find("etag")};
  CHECK(site.get(one, site.token).body.at("updated_at").is_null());
  site.clock.advance(std::chrono::seconds{90});
  const auto corrected = site.patch(one, R"({"text":"A mistake"})", site.token);
  REQUIRE(corrected.status() == 200);
  CHECK(corrected.text("/text") == "A mistake");
  CHECK(corrected.text("/title") == "Title");
  CHECK(corrected.text("/updated_at") == "2026-11-22T00:01:30.000000Z");
  const auto feed = site.get(site.address("/feed.json"));
  CHECK(feed.text("/items/0/content_text") == "A mistake");
  CHECK(feed.text("/items/0/date_published") == "2026-11-22T00:00:00.000000Z");
  CHECK(feed.text("/items/0/date_modified") == "2026-11-22T00:01:30.000000Z");
  pugi::xml_document document;
  const auto atom = site.get(site.address("/feed.xml")).raw.bytes();
  REQUIRE(document.load_buffer(atom.data(), atom.size()));
  CHECK(std::string{document.child("feed").child_value("updated")} == "2026-11-22T00:01:30.000000Z");
  CHECK(std::string{document.child("feed").child("entry").child_value("updated")} == "2026-11-22T00:01:30.000000Z");
  CHECK(std::string{document.child("feed").child("entry").child_value("published")} == "2026-11-22T00:00:00.000000Z");
  const auto page = site.get_with(site.address("/posts/" + id), "if-none-match", tag);
  CHECK(page.status() == 200);
  CHECK(page.raw.bytes().find("A mistake") != std::string::npos);
  CHECK(site.get("/posts/" + post, site.token).text("/text") == "Hello");  // the post stays as it was written
  CHECK(tests::types_of(site.get("/posts/" + post + "/timeline", site.token)).back() == "PublicationCorrected");

  for (const auto* nothing : {" ", "&nbsp;", "#", "[a]: https://b.com", "- \\n- ", "```\\n```"})
    CHECK(site.patch(one, R"({"text":")" + std::string{nothing} + "\"}", site.token).status() == 422);
  CHECK(site.patch(one, R"({"colour":"red"})", site.token).status() == 422);
  site.clock.advance(std::chrono::seconds{1});
  CHECK(site.patch(one, R"({"text":"A mistake"})", site.token).text("/updated_at") == "2026-11-22T00:01:30.000000Z");

  const auto stranger = site.sign_up("stranger");
  CHECK(site.patch(one, R"({"text":"Mine"})", stranger).status() == 404);
  CHECK(site.remove(one, stranger).status() == 404);

  CHECK(site.remove(one, site.token).status() == 204);
  CHECK(site.remove(one, site.token).status() == 404);
  CHECK(site.patch(one, R"({"text":"Back"})", site.token).status() == 404);
  CHECK(site.get(site.address("/posts/" + id)).status() == 410);
  CHECK(site.get(site.address("/feed.json")).body.at("items").as_array().empty());
  CHECK(tests::types_of(site.get("/posts/" + post + "/timeline", site.token)).back() == "PublicationWithdrawn");
}

TEST_CASE("pages of a site cannot be framed") {  // asvs: 3.4.6
  site_fixture site;
  const auto id = site.publish("Shown");
  for (const auto& rest : {std::string{}, "/posts/" + id, std::string{"/feed.xml"}}) {
    const auto policy = std::string{*site.get(site.address(rest)).raw.find("content-security-policy")};
    CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
    CHECK(policy.find("default-src 'none'") != std::string::npos);
  }
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

TEST_CASE("what is published may be Markdown with pictures, and shows the post's own") {
  site_fixture site;
  const auto id = site.publish(
      "# Sale\n\nNow **half** price: [here](https://acme.test/?a=1&b=2)\n\n![A shoe](https://acme.test/shoe.png)");
  const auto feed = site.get(site.address("/feed.json"));
  const auto html = feed.text("/items/0/content_html");
  CHECK(html.find("<h2>Sale</h2>") != std::string::npos);
  CHECK(html.find("<strong>half</strong>") != std::string::npos);
  CHECK(html.find("<a href=\"https://acme.test/?a=1&amp;b=2\" rel=\"nofollow noopener ugc\">here</a>") !=
        std::string::npos);
  CHECK(html.find("<img src=\"https://acme.test/shoe.png\" alt=\"A shoe\"/>") != std::string::npos);
  CHECK(feed.text("/items/0/content_text").starts_with("# Sale"));
  const auto page = site.get(site.address("/posts/" + id));
  CHECK(page.raw.bytes().find("<strong>half</strong>") != std::string::npos);
  CHECK(page.raw.bytes().find("<title>Sale | ") != std::string::npos);
  CHECK(page.raw.find("content-security-policy")->find("img-src https:") != std::string_view::npos);

  persistence::website_publications::publication shown;
  shown.text = "Words";
  shown.image = domain::image{"https://acme.test/a.png?x=\"y\"&z", "An \"image\" <b>"};
  CHECK(http::content_of(shown) ==
        "<p><img src=\"https://acme.test/a.png?x=&quot;y&quot;&amp;z\" alt=\"An &quot;image&quot; "
        "&lt;b&gt;\"/></p>\n<p>Words</p>");
}
