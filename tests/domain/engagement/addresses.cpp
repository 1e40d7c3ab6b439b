// Spellings of the addresses of companies' pages and of posts.
#include <catch2/catch.hpp>

#include "domain/engagement/addresses.hpp"

using namespace pulse::domain;

TEST_CASE("every spelling of a company's page is one page") {
  const auto expected = read_page_address("https://www.linkedin.com/company/acme-inc", false).page;
  REQUIRE(expected);
  CHECK(expected->url == "https://www.linkedin.com/company/acme-inc");
  CHECK(expected->name == "acme-inc");
  CHECK_FALSE(expected->is_number);
  for (const auto* spelling :
       {"linkedin.com/company/acme-inc", "http://linkedin.com/company/acme-inc/",
        "https://LinkedIn.com/company/Acme-Inc", "https://nl.linkedin.com/company/acme-inc/about/",
        "www.linkedin.com/company/acme-inc/posts/?feedView=all", "  https://www.linkedin.com/company/acme-inc/#people ",
        "https://m.linkedin.com/company/acme-inc", "https://www.linkedin.com/mwlite/company/acme-inc",
        "//www.linkedin.com/company/acme-inc", "https://www.linkedin.com:443/company/acme-inc",
        "https://www.linkedin.com/company/acme%2Dinc", "https://www.linkedin.com/company-beta/acme-inc/",
        "https://www.linkedin.com//company//acme-inc//jobs", "https://www.linkedin.com./company/acme-inc",
        "https://www.linkedin.com/en/company/acme-inc"}) {
    INFO(spelling);
    CHECK(read_page_address(spelling, false).page == expected);
  }
  CHECK(read_page_address("linkedin.com/company/1035", false).page->is_number);
  CHECK(read_page_address("linkedin.com/company/caf\xc3\xa9", false).page ==
        read_page_address("linkedin.com/company/caf%c3%a9", false).page);
}

TEST_CASE("what is no company's page is refused with the reason") {
  for (const auto* text :
       {"", "acme", "hello world", "https://www.linkedin.com/in/somebody", "https://linkedin.com/company/",
        "https://www.linkedin.com/groups/123", "https://evil-linkedin.com.inside/company/acme bad",
        "ftp://linkedin.com/company/acme", "javascript:alert(1)", "https://10.0.0.1/feed.xml",
        "https://www.linkedin.com/company/a%2Fb", "https://www.linkedin.com/company/%3Cscript%3E",
        "http://127.0.0.1/feed", "https://user:pw@example.com/feed"}) {
    INFO(text);
    const auto read = read_page_address(text, false);
    CHECK_FALSE(read.page);
    CHECK_FALSE(read.problem.empty());
  }
}

TEST_CASE("a company's own site is tracked by its feed") {
  const auto page = read_page_address("Blog.Example.com/feed.xml?x=1#top", false).page;
  REQUIRE(page);
  CHECK(page->kind == page_kind::feed);
  CHECK(page->url == "https://blog.example.com/feed.xml?x=1");
  CHECK(page->name == "blog.example.com");
  CHECK(read_page_address("https://example.com", false).page->url == "https://example.com/");
  CHECK(read_page_address("http://127.0.0.1:9100/feed", true).page);
}

TEST_CASE("every spelling of a post leads to its URN") {
  for (const auto* text :
       {"https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001/",
        "linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7100000000000000001?utm_source=share",
        "https://www.linkedin.com/posts/acme_we-are-hiring-activity-7100000000000000001-AbCd?utm_medium=member",
        "urn:li:activity:7100000000000000001", "https://nl.linkedin.com/posts/acme_x-activity-7100000000000000001-q",
        "https://www.linkedin.com/embed/feed/update/urn:li:activity:7100000000000000001"}) {
    INFO(text);
    const auto post = read_post_address(text);
    REQUIRE(post);
    CHECK(post->urn == "urn:li:activity:7100000000000000001");
    CHECK(post->url == "https://www.linkedin.com/feed/update/urn:li:activity:7100000000000000001/");
  }
  CHECK(read_post_address("https://www.linkedin.com/posts/acme_we-activity-710-x")->author == "acme");
  CHECK(read_post_address("https://www.linkedin.com/posts/acme_we-ugcPost-710-x")->urn == "urn:li:ugcPost:710");
  CHECK(find_post_address("Look: <https://www.linkedin.com/posts/acme_x-share-71-y>, now!")->urn == "urn:li:share:71");
  CHECK(find_post_address("(see linkedin.com/in/me and linkedin.com/feed/update/urn:li:share:5.)")->urn ==
        "urn:li:share:5");
  for (const auto* text :
       {"", "https://example.com/posts/acme_x-activity-71-y", "urn:li:person:12", "urn:li:activity:12x",
        "https://www.linkedin.com/company/acme", "https://linkedin.com.evil.example/feed/update/urn:li:share:1",
        "urn:li:activity:999999999999999999999999"}) {
    INFO(text);
    CHECK_FALSE(read_post_address(text));
  }
}

TEST_CASE("a Facebook Page and an Instagram account are one page in every spelling, and what is none says so") {
  for (const auto* spelling : {"facebook.com/Acme.Inc", "https://m.facebook.com/acme.inc/posts/123?x=1",
                               "https://www.facebook.com/pg/acme.inc/about/", "fb.com/acme.inc"}) {
    INFO(spelling);
    const auto read = pulse::domain::read_page_address(spelling, false);
    REQUIRE(read.page.has_value());
    CHECK(read.page->kind == pulse::domain::page_kind::facebook);
    CHECK(read.page->url == "https://www.facebook.com/acme.inc");
  }
  CHECK(pulse::domain::read_page_address("https://www.facebook.com/profile.php?id=1234", false).page->url ==
        "https://www.facebook.com/1234");
  CHECK(pulse::domain::read_page_address("https://www.facebook.com/people/Acme/1234/", false).page->is_number);
  for (const auto* spelling : {"instagram.com/Acme_Inc", "https://www.instagram.com/acme_inc/?hl=de"}) {
    const auto read = pulse::domain::read_page_address(spelling, false);
    REQUIRE(read.page.has_value());
    CHECK(read.page->url == "https://www.instagram.com/acme_inc");
  }
  for (const auto* none : {"facebook.com", "facebook.com/groups/12", "instagram.com/p/abc", "instagram.com/"}) {
    INFO(none);
    const auto read = pulse::domain::read_page_address(none, false);
    CHECK_FALSE(read.page.has_value());
    CHECK(read.problem.starts_with("is at "));
  }
}
