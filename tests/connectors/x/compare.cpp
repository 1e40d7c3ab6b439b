#include "connectors/x/compare.hpp"

#include <catch2/catch.hpp>

using namespace pulse::connectors::x;
using namespace std::chrono_literals;

namespace {

listed_post listed(std::string text) { return {std::string{"1"}, std::move(text), std::nullopt, std::nullopt}; }

bool is_same(std::string_view sent, std::string text) {
  return is_same_text(comparable(sent), listed(std::move(text)));
}

}  // namespace

TEST_CASE("A listed text is recognised behind X's changes to it") {
  CHECK(is_same("hello", "hello"));
  CHECK(is_same("a & b < c > d", "a &amp; b &lt; c &gt; d"));
  CHECK(is_same("written as &amp;", "written as &amp;amp;"));
  CHECK(is_same("see https://example.com/a?b=c.", "see https://t.co/AbCdEfGhIj."));
  CHECK(is_same("see example.com", "see https://t.co/AbCdEfGhIj"));
  CHECK(is_same("https://a.com and https://b.com", "https://t.co/aaaaaaaaaa and https://t.co/bbbbbbbbbb"));
  CHECK(is_same("https://a.com?x=1&y=2", "https://t.co/aaaaaaaaaa"));
  CHECK(is_same("cafe\u0301", "café"));
  CHECK(is_same("  padded\n", "padded"));
  CHECK(is_same("one\r\ntwo", "one\ntwo"));
}

TEST_CASE("Another text is not taken for it") {
  CHECK_FALSE(is_same("hello", "hello!"));
  CHECK_FALSE(is_same("hello", "Hello"));
  CHECK_FALSE(is_same("see https://a.com", "see"));
  CHECK_FALSE(is_same("see", "see https://t.co/AbCdEfGhIj"));
  CHECK_FALSE(is_same("a &amp; b", "a &amp; b"));
  CHECK_FALSE(is_same("one two", "one  two"));
  CHECK_FALSE(is_same("hello", ""));
}

TEST_CASE("Where X says what its short links stand for, the links must be the same") {
  auto post = listed("news: https://t.co/AbCdEfGhIj");
  const auto sent = comparable("news: https://Example.com/today/");
  CHECK(is_same_text(sent, post));
  post.links = {"https://example.com/today"};
  CHECK(is_same_text(sent, post));
  post.links = {"http://example.com/today/"};
  CHECK(is_same_text(sent, post));
  post.links = {"https://example.com/yesterday"};
  CHECK_FALSE(is_same_text(sent, post));
}

TEST_CASE("The time of a post is inside its id") {
  CHECK(time_of_id("1445880548472328192") == pulse::base::parse_timestamp("2021-10-06T22:36:00.574Z"));
  CHECK_FALSE(time_of_id(""));
  CHECK_FALSE(time_of_id("12x"));
  CHECK_FALSE(time_of_id("99999999999999999999999"));
}

TEST_CASE("A page of posts is read with what it says of times and links") {
  const auto page = read_page(R"({"data":[
    {"id":"1445880548472328192","text":"a","created_at":"2021-10-06T22:41:02.000Z","edit_history_tweet_ids":["1"]},
    {"id":"1445880548472328193","text":"b https://t.co/x","entities":{"urls":[{"url":"https://t.co/x","expanded_url":"https://b.com"}]}}],
    "meta":{"result_count":2,"newest_id":"1","oldest_id":"2","next_token":"abc"}})");
  REQUIRE(page);
  CHECK(page->next_token == "abc");
  REQUIRE(page->posts.size() == 2);
  CHECK(page->posts[0].created_at == pulse::base::parse_timestamp("2021-10-06T22:41:02Z"));
  CHECK_FALSE(page->posts[0].links);
  CHECK(page->posts[1].created_at == time_of_id("1445880548472328193"));
  CHECK(page->posts[1].links == std::vector<std::string>{"https://b.com"});
}

TEST_CASE("An empty page is a page, an error in a 200 is not") {
  const auto page = read_page(R"({"meta":{"result_count":0}})");
  REQUIRE(page);
  CHECK(page->posts.empty());
  CHECK(page->next_token.empty());
  for (const auto* body :
       {"", "{}", "[]", "null", R"({"errors":[{"title":"Not Found Error"}]})", R"({"data":{},"meta":{}})",
        R"({"data":[1],"meta":{}})", R"({"data":[{"text":"no id"}],"meta":{}})", R"({"data":[]})"}) {
    CAPTURE(body);
    CHECK_FALSE(read_page(body));
  }
}
