#include "connectors/bluesky/record.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using namespace pulse;
using namespace pulse::connectors::bluesky;
using namespace std::chrono_literals;

namespace {

constexpr base::timestamp at{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 8h + 30min + 5ms + 7us};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  for (const auto& each : find_facets(text)) found.emplace_back(text.substr(each.begin, each.end - each.begin));
  return found;
}

using strings = std::vector<std::string>;

}  // namespace

TEST_CASE("Bluesky: links, mentions and tags are found in bytes, whatever stands before them") {
  const std::string text =
      "\U0001F469\u200D\U0001F4BB gr\u00fc\u00dfe @acme.bsky.social: https://example.org/\u00e4?b=1 #Caf\u00e9 and "
      "example.com.";
  const auto found = find_facets(text);
  REQUIRE(found.size() == 4);
  CHECK(words(text) == strings{"@acme.bsky.social", "https://example.org/\u00e4?b=1", "#Caf\u00e9", "example.com"});
  CHECK(found[0].kind == facet_kind::mention);
  CHECK(found[0].begin == 21);
  CHECK(found[0].value == "acme.bsky.social");
  CHECK(found[1].kind == facet_kind::link);
  CHECK(found[2].kind == facet_kind::tag);
  CHECK(found[2].value == "Caf\u00e9");
  CHECK(found[3].value == "https://example.com");
}

TEST_CASE("Bluesky: what is no link, mention or tag stays a word, and none lies within another") {
  CHECK(words("mail@acme.com and @acme and a@b.c @-x.com").empty());
  CHECK(words("(@Acme.Example)") == strings{"@Acme.Example"});
  CHECK(words("@acme.bsky.social.") == strings{"@acme.bsky.social"});
  CHECK(words("https://example.org/#part") == strings{"https://example.org/#part"});
  CHECK(words("#1 #a1") == strings{"#a1"});
  CHECK(words("#" + std::string(65, 'x')).empty());
  CHECK(words("").empty());
}

TEST_CASE("Bluesky: a record is the same bytes for the same parts, and holds what was resolved") {
  post_parts parts{.text = "Hi @acme.example and @gone.example #x",
                   .created_at = at,
                   .facets = {},
                   .dids = {{"acme.example", "did:plc:a"}},
                   .pictures = {},
                   .card = {}};
  parts.facets = find_facets(parts.text);
  CHECK(
      record_of(parts) ==
      R"({"$type":"app.bsky.feed.post","text":"Hi @acme.example and @gone.example #x","createdAt":"2026-11-22T08:30:00.005Z",)"
      R"("facets":[{"index":{"byteStart":3,"byteEnd":16},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:a"}]},)"
      R"({"index":{"byteStart":35,"byteEnd":37},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"x"}]}]})");
  CHECK(record_of(parts) == record_of(parts));
}

TEST_CASE("Bluesky: pictures come before a card, and a description may be empty but not missing") {
  post_parts parts{.text = "x",
                   .created_at = at,
                   .facets = {},
                   .dids = {},
                   .pictures = {},
                   .card = link_card{"https://a.example", "A", ""}};
  const auto with_card = boost::json::parse(record_of(parts));
  CHECK(with_card.at("embed").at("external").at("title") == "A");
  parts.pictures.push_back({R"({"$type":"blob","ref":{"$link":"bafk"},"mimeType":"image/png","size":3})", ""});
  const auto with_picture = boost::json::parse(record_of(parts));
  CHECK(with_picture.at("embed").at("$type") == "app.bsky.embed.images");
  CHECK(with_picture.at("embed").at("images").at(0).at("alt") == "");
  CHECK(with_picture.at("embed").at("images").at(0).at("image").at("ref").at("$link") == "bafk");
}

TEST_CASE("Bluesky: a card is made of a page's own words, and of its host's name when it has none") {
  const auto open = card_of(
      "https://a.example/x",
      R"(<head><title>T</title><META property='og:title' content='A &amp; "B"'><meta name="description" content="plain">)"
      R"(<meta content="Open words" property="og:description"></head>)");
  CHECK(open.title == "A & \"B\"");
  CHECK(open.description == "Open words");
  const auto plain = card_of("https://a.example/x", "<title>\n  Only  this\n</title><meta name=description content=x>");
  CHECK(plain.title == "Only  this");
  CHECK(plain.description.empty());
  CHECK(card_of("https://a.example:8443/x?y", "").title == "a.example:8443");
  CHECK(card_of("https://a.example", "<meta <meta content=\"").title == "a.example");
  CHECK(card_of("https://a.example", "<title>" + std::string(2'000, 'x') + "</title>").title.size() == 300);
}
