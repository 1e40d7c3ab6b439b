// The public side of a website channel: its pages, and how publications are corrected, withdrawn and removed.
#include <catch2/catch.hpp>
#include <pugixml.hpp>

#include "http/routes/site/site_pages.hpp"
#include "tests/http/routes/site/site_fixture.hpp"

using namespace pulse;
using tests::site_fixture;

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
