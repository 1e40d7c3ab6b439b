#include "domain/platforms/text_length.hpp"

#include <ctime>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "domain/platforms/links.hpp"
#include "domain/platforms/unicode.hpp"
#include "tests/support/folders.hpp"

using namespace pulse::domain;

namespace {

/// The cases of twitter-text's own conformance suite.
const boost::json::object& conformance() {
  static const auto document = [] {
    const std::string path = pulse::tests::source_folder() + "/tests/domain/data/twitter_text/conformance.json";
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (text.empty()) throw std::runtime_error("cannot read " + path);
    return boost::json::parse(text).as_object();
  }();
  return document;
}

std::string text_of(const boost::json::value& value) { return std::string{value.as_string()}; }

int x_length(std::string_view text) { return text_length(channel_type::x, text); }

/// The links of a text, as text.
std::vector<std::string> links_of(std::string_view utf8) {
  const auto text = to_nfc(utf8);
  std::vector<std::string> links;
  for (const auto& link : find_links(text))
    links.push_back(to_utf8(std::u32string_view{text}.substr(link.begin, link.end - link.begin)));
  return links;
}

}  // namespace

TEST_CASE("X's length agrees with every case of the twitter-text conformance suite") {
  const auto& cases = conformance().at("weighted_lengths").as_array();
  CHECK(cases.size() == 24);
  for (const auto& one : cases) {
    INFO(text_of(one.at("description")));
    CHECK(x_length(text_of(one.at("text"))) == one.at("expected").as_int64());
  }
}

TEST_CASE("Threads counts an emoji by its bytes and everything else by code points") {
  CHECK(text_length(text_count::emoji_bytes, "h\u00e9llo 1 \u00a9") >= 9);
  CHECK(text_length(text_count::emoji_bytes, "plain. text") == 11);
  CHECK(text_length(text_count::emoji_bytes, "\u4f60\u597d") == 2);
  CHECK(text_length(text_count::emoji_bytes, "\U0001F600") == 4);
  CHECK(text_length(text_count::emoji_bytes, "a\U0001F600b") == 6);
  CHECK(text_length(text_count::emoji_bytes, "\U0001F468\u200D\U0001F469") == 11);
  CHECK(text_length(channel_type::threads, "\U0001F600") == 4);
}

TEST_CASE("X's links agree with every case of the twitter-text conformance suite") {
  const auto& cases = conformance().at("links").as_array();
  CHECK(cases.size() == 108);
  for (const auto& one : cases) {
    const auto text = text_of(one.at("text"));
    CAPTURE(text_of(one.at("description")), text);
    std::vector<std::string> expected;
    for (const auto& link : one.at("expected").as_array()) expected.push_back(text_of(link));
    CHECK(links_of(text) == expected);
    if (const auto* indices = one.as_object().if_contains("indices")) {
      std::vector<text_range> ranges;
      for (const auto& pair : indices->as_array()) {
        ranges.push_back({pair.at(0).to_number<std::size_t>(), pair.at(1).to_number<std::size_t>()});
      }
      CHECK(find_links(to_nfc(text)) == ranges);
    }
  }
}

TEST_CASE("Plain text counts one a letter, whichever way it is counted") {
  CHECK(x_length("") == 0);
  CHECK(x_length("hello") == 5);
  CHECK(x_length("hello. world") == 12);
  CHECK(x_length(std::string(280, 'x')) == 280);
  CHECK(x_length("line\nline") == 9);
}

TEST_CASE("Accents, wide letters and signs weigh what X says") {
  CHECK(x_length("é") == 1);
  CHECK(x_length("e\u0301") == 1);
  CHECK(x_length("Ж") == 1);
  CHECK(x_length("の") == 2);
  CHECK(x_length("한") == 2);
  CHECK(x_length("\u1112\u1161\u11ab") == 2);
  CHECK(x_length("–“”…") == 5);
  CHECK(x_length("€") == 2);
}

TEST_CASE("An emoji counts two, however many code points it is made of") {
  const auto* emoji = GENERATE("😀", "❤", "❤️", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈",
                               "🏳‍🌈", "🇩🇪", "1️⃣", "#⃣", "©️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                               "👩🏽‍💻", "🧑🏻‍❤️‍🧑🏿");
  CAPTURE(emoji);
  CHECK(x_length(emoji) == 2);
  CHECK(x_length(std::string{"a"} + emoji + "b" + emoji) == 6);
}

TEST_CASE("What only looks like an emoji is counted sign by sign") {
  CHECK(x_length("1") == 1);
  CHECK(x_length("#*9") == 3);
  CHECK(x_length("©®") == 2);
  CHECK(x_length("🇩") == 2);
  CHECK(x_length("🇩🇩🇩") == 4);
  CHECK(x_length("😀\u200d") == 3);
  CHECK(x_length("😀\u200da") == 4);
  CHECK(x_length("a\U0001F3FDb") == 4);
}

TEST_CASE("Emoji of later Unicode versions count two: they follow the grammar, and no list is asked") {
  const auto* emoji = GENERATE("\U0001F426\u200d\U0001F525",                  // 15.1: phoenix
                               "\U0001F34B\u200d\U0001F7E9",                  // 15.1: lime
                               "\U0001F642\u200d\u2194\ufe0f",                // 15.1: head shaking
                               "\U0001F9D1\u200d\U0001F9D1\u200d\U0001F9D2",  // 15.1: family
                               "\U0001F6B6\U0001F3FD\u200d\u27a1\ufe0f",      // 15.1: walking to the right
                               "\U0001F1E8\U0001F1F6",                        // 16: a flag
                               "\U0001FAE9", "\U0001FAC6",                    // 16
                               "\U0001F9D1\u200d\U0001FA70",                  // 17: dancer
                               "\U0001F9D1\U0001F3FF\u200d\U0001FAEF\u200d\U0001F9D1\U0001F3FB");
  CAPTURE(emoji);
  CHECK(x_length(emoji) == 2);
  std::string many;
  for (int i = 0; i < 57; ++i) many += emoji;
  CHECK(x_length(many) == 114);
}

TEST_CASE("Graphemes, UTF-16 units and Mastodon's short links are counted as those platforms do") {
  CHECK(text_length(text_count::graphemes, "e\u0301👨‍👩‍👧‍👦🇩🇪a") == 4);
  CHECK(text_length(text_count::utf16_units, "aé😀") == 4);
  CHECK(text_length(text_count::link_graphemes, "see https://example.com/" + std::string(100, 'a')) == 4 + 23);
  CHECK(text_length(text_count::link_graphemes, "example.com") == 11);
  CHECK(text_length(text_count::link_graphemes, "hi @anna@mastodon.example!") == 9);
  CHECK(text_length(text_count::link_graphemes, "hi @anna, mail me@example.com") == 29);
}

TEST_CASE("A link counts 23, short or long, with or without its protocol") {
  CHECK(x_length("https://example.com") == 23);
  CHECK(x_length("example.com") == 23);
  CHECK(x_length("t.co") == 23);
  CHECK(x_length("see https://example.com/" + std::string(200, 'a') + ".") == 4 + 23 + 1);
  CHECK(x_length("me@example.com") == 14);
  CHECK(x_length("end.Then comes") == 14);
}

TEST_CASE("The website counts code points") {
  CHECK(text_length(channel_type::website, "") == 0);
  CHECK(text_length(channel_type::website, "aé😀") == 3);
  CHECK(text_length(channel_type::website, "https://example.com/long") == 24);
}

TEST_CASE("No text, however odd, ends the count or takes long") {
  CHECK(x_length("\xff\xfe\xc0") == 6);
  CHECK(x_length(std::string("a\0.b", 4)) == 4);
  std::string chain;
  for (int i = 0; i < 10'000; ++i) chain += "あ.";
  CHECK(x_length(chain) == 30'000);
  CHECK(x_length(std::string(20'000, '.')) == 20'000);
  CHECK(x_length("http://" + std::string(20'000, '(')) == 20'007);
  CHECK(x_length("a.co/" + std::string(20'000, '(')) == 23 + 20'000);
}

TEST_CASE("A text of nothing but beginnings of links takes no longer to count than one of links") {
  constexpr std::size_t characters = 20'000;
  const auto filled = [](std::string_view with, std::string_view end) {
    std::string made;
    while (made.size() < characters) made += with;
    return made.append(end);
  };
  const auto took = [](const std::string& text) {
    const auto begun = std::clock();  // of the processor, whatever else runs
    x_length(text);
    text_length(channel_type::mastodon, text);
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  };
  const auto usual = took(filled("see example.com/a ", ""));
  for (const auto* piece : {"a-", "a_", "_a", "-a.", "a_.", "a-a.", "a.b_.", "a_b.c-.", "\xe3\x81\x82-", "xn--",
                            "http://a-", "a.", "www.", "a@", "a.co/(", "a.co?"}) {
    CAPTURE(piece);
    CHECK(took(filled(piece, ".com")) < 10 * usual + 0.2);
  }
}

TEST_CASE("A domain is found behind words without blanks and behind labels that are none") {
  CHECK(x_length("a-b_c.example.com") == 27);
  CHECK(x_length("https://a_.b-c.example.com") == 26);
  CHECK(x_length("a-.com") == 6);
  CHECK(x_length("https://x_y.com") == 15);
  std::string words;
  for (int i = 0; i < 3'000; ++i) words += "\xe3\x81\x82";
  CHECK(x_length(words + "example.com") == 6'000 + 23);
}
