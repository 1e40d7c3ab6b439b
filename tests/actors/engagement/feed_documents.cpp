// Posts of a tracked page from a feed's document.
#include "actors/engagement/feed_source.hpp"

#include <catch2/catch.hpp>

using namespace pulse;
using actors::read_feed_of_page;

namespace {

const base::timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29}};

}  // namespace

TEST_CASE("an entry that names a post at LinkedIn is that post, and another is found all the same") {
  const auto read = read_feed_of_page(R"({"version":"https://jsonfeed.org/version/1.1","title":"Acme","items":[
      {"id":"2","url":"https://acme.example/two","title":"Two","date_published":"2026-11-28T10:00:00Z",
       "content_text":"Discuss: https://www.linkedin.com/posts/acme_two-activity-72-x"},
      {"id":"1","url":"https://acme.example/one","title":"One"}]})",
                                      now);
  CHECK_FALSE(read.problem);
  REQUIRE(read.posts.size() == 2);
  CHECK(read.posts[0].external_id == "1");  // the oldest first
  CHECK_FALSE(read.posts[0].urn);
  CHECK(read.posts[0].published_at == now);
  CHECK(read.posts[1].external_id == "urn:li:activity:72");
  CHECK(read.posts[1].urn == "urn:li:activity:72");
  CHECK(read.posts[1].published_at == now - std::chrono::hours{14});
}

TEST_CASE("RSS is read, and what is no feed says so") {
  const auto read = read_feed_of_page(
      "<rss version=\"2.0\"><channel><title>Acme</title><item><title>One</title><guid>g1</guid>"
      "<link>https://www.linkedin.com/feed/update/urn:li:share:7/</link></item></channel></rss>",
      now);
  CHECK_FALSE(read.problem);
  REQUIRE(read.posts.size() == 1);
  CHECK(read.posts[0].urn == "urn:li:share:7");
  for (const auto* document : {"", "{", "{\"items\":1}", "<html/>", "<!DOCTYPE r [<!ENTITY a \"b\">]><rss>&a;</rss>"}) {
    INFO(document);
    const auto none = read_feed_of_page(document, now);
    CHECK(none.problem);
    CHECK(none.posts.empty());
  }
}
