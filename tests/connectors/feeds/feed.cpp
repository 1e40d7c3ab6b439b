#include "connectors/feeds/feed.hpp"

#include <catch2/catch.hpp>

#include "tests/support/random_case.hpp"

namespace pulse::connectors::feeds {

namespace {

const std::string rss =
    R"(<?xml version="1.0"?><rss version="2.0"><channel><title>Ours</title><link>https://example.org</link>
<item><title>Second &amp;amp; last</title><link>https://example.org/2</link><guid>two</guid><description><![CDATA[<p>Some <b>bold</b>
 words</p>]]></description></item>
<item><title>First</title><link>https://example.org/1</link></item></channel></rss>)";

const std::string atom =
    R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Ours</title><entry><id>tag:1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
<link rel="enclosure" href="https://example.org/file"/><link href="https://example.org/a"/><summary>Short</summary></entry></feed>)";

std::string why(const std::string& document) {
  const auto read = parse_feed(document);
  REQUIRE(read.has_error());
  return read.error();
}

std::string items(int count) {
  std::string made = "<rss><channel>";
  for (int i = 0; i < count; ++i) made += "<item><guid>" + std::to_string(i) + "</guid></item>";
  return made + "</channel></rss>";
}

}  // namespace

TEST_CASE("an RSS feed is read as its readers see it") {
  const auto read = parse_feed(rss);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 2);
  CHECK(read->at(0).id == "two");
  CHECK(read->at(0).title == "Second & last");
  CHECK(read->at(0).url == "https://example.org/2");
  CHECK(read->at(0).summary == "Some bold words");
  CHECK(read->at(1).id == "https://example.org/1");
}

TEST_CASE("an Atom feed is read as its readers see it") {
  const auto read = parse_feed(atom);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 1);
  CHECK(read->at(0).id == "tag:1");
  CHECK(read->at(0).title == "A b");
  CHECK(read->at(0).url == "https://example.org/a");
  CHECK(read->at(0).summary == "Short");
}

TEST_CASE("entities are refused, whether they would grow or fetch") {
  CHECK(
      why(R"(<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>)")
          .find("entities") != std::string::npos);
  CHECK(
      why(R"(<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>)")
          .find("entities") != std::string::npos);
  CHECK(
      parse_feed(
          R"(<!DOCTYPE rss SYSTEM "http://169.254.169.254/x.dtd"><rss><channel><item><title>T</title></item></channel></rss>)")
          .has_value());
}

TEST_CASE("a feed that is too large or malformed is refused with a reason") {
  CHECK(parse_feed(items(1'000)).has_value());
  CHECK(why(items(1'001)).find("1,000") != std::string::npos);
  CHECK(why(std::string(most_feed_bytes + 1, ' ')) == "is too large");
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "<rss>";
  CHECK(why(deep) == "is nested too deep");
  CHECK(why("<html><body>Not here</body></html>") == "is no RSS or Atom feed");
  CHECK(why("") == "is no XML that can be read");
  CHECK(why("{\"items\": []}") == "is no XML that can be read");
}

TEST_CASE("long texts are cut to whole characters") {
  std::string title;
  for (std::size_t i = 0; i < most_title_bytes; ++i) title += "é";
  const auto read = parse_feed("<rss><channel><item><title>" + title + "</title></item></channel></rss>");
  REQUIRE(read.has_value());
  CHECK(read->at(0).title.size() == most_title_bytes);
}

TEST_CASE("no document breaks the reader") {
  support::random_source random;
  INFO("PULSE_TEST_SEED=" << random.seed());
  for (int i = 0; i < 2'000; ++i) {
    auto document = i % 2 == 0 ? rss : atom;
    for (int changes = random.between(1, 8); changes > 0; --changes) {
      const auto at = random.between<std::size_t>(0, document.size() - 1);
      if (random.between(0, 2) == 0) {
        document.erase(at, random.between<std::size_t>(1, 20));
      } else {
        document[at] = static_cast<char>(random.between(0, 255));
      }
      if (document.empty()) document = "<";
    }
    const auto read = parse_feed(document);
    if (!read.has_value()) continue;
    for (const auto& each : *read) CHECK_FALSE(each.id.empty());
  }
}

}  // namespace pulse::connectors::feeds
