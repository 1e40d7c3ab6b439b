#include "domain/platforms/tags.hpp"

#include <catch2/catch.hpp>

#include "domain/platforms/unicode.hpp"

namespace pulse::domain {

namespace {

std::vector<std::string> tags_of(std::string_view utf8) {
  const auto text = to_code_points(utf8);
  std::vector<std::string> found;
  for (const auto& each : find_hashtags(text)) found.push_back(to_utf8(text.substr(each.begin, each.end - each.begin)));
  return found;
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("a hashtag begins a word and has a letter") {
  CHECK(tags_of("#news") == words{"#news"});
  CHECK(tags_of("We #hire, (#now) and \"#then\"") == words{"#hire", "#now", "#then"});
  CHECK(tags_of("#Größe #2026 #2026a #日本 #") == words{"#Größe", "#2026a", "#日本"});
  CHECK(tags_of("🎉#party 日本。#東京") == words{"#party", "#東京"});
  CHECK(tags_of("C# a#b Inc.#D a-#b ?q=#t a/#b").empty());
}

TEST_CASE("links have no hashtags, mentions or cashtags") {
  for (const auto* link :
       {"https://example.com/#pricing", "example.com/?q=#t", "https://example.org/@me", "https://example.org/$AB"}) {
    const auto text = to_code_points(link);
    INFO(link);
    CHECK(find_hashtags(text).empty());
    CHECK(count_hashtags(text) == 0);
    CHECK(count_mentions(text) == 0);
    CHECK(count_cashtags(text) == 0);
  }
}

TEST_CASE("limits are kept on the safe side") {
  CHECK(count_hashtags(U"#a#b C# #2026 #_ # ##x") == 5);
  CHECK(count_mentions(U"@a (@b) c@d.example @ @@e .@f") == 4);
  CHECK(count_cashtags(U"$A $ABCDEF $ABCDEFG $5 x$A $B.") == 3);
}

}  // namespace pulse::domain
