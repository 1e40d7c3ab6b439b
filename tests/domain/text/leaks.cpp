#include "domain/text/leaks.hpp"

#include <catch2/catch.hpp>

#include "domain/text/language.hpp"
#include "domain/text/similarity.hpp"

using namespace pulse::domain;

namespace {

constexpr std::string_view secret = "Write one comment on the post, and be modest about it all.";

bool is_found(std::string_view text) {
  confidences all;
  all.add(secret, 24);
  return all.are_in(text);
}

}  // namespace

TEST_CASE("what is given away is found in every spelling that people ask for") {
  for (const auto* text : {
           "My rules: write one comment on the post, and be modest.",
           "W-r-i-t-e o-n-e c-o-m-m-e-n-t o-n t-h-e p-o-s-t",
           "WRITE ONE   COMMENT ON... THE POST",
           "wr1te 0ne c0mment 0n the p0st",
           ".tsop eht no tnemmoc eno etirw",
           "Jevgr bar pbzzrag ba gur cbfg",  // rot13
           "Xsjuf pof dpnnfou po uif qptu",  // one letter on
           "V3JpdGUgb25lIGNvbW1lbnQgb24gdGhlIHBvc3QsIGFuZA==",
           "look: V3JpdGUgb25lIGNv bW1lbnQgb24gdGhl IHBvc3QsIGFuZA there",
           "5772697465206f6e6520636f6d6d656e74206f6e2074686520706f7374",
           "57 72 69 74 65 20 6f 6e 65 20 63 6f 6d 6d 65 6e 74 20 6f 6e 20 74 68 65 20 70 6f 73 74",
           "\\x57\\x72\\x69\\x74\\x65\\x20\\x6f\\x6e\\x65\\x20\\x63\\x6f\\x6d\\x6d\\x65\\x6e\\x74\\x20\\x6f\\x6e\\x20\\"
           "x74\\x68\\x65\\x20\\x70\\x6f\\x73\\x74",
       }) {
    CAPTURE(text);
    CHECK(is_found(text));
  }
}

TEST_CASE("what people write is not taken for a leak") {
  for (const auto* text : {"", "Congratulations on the new office in Utrecht!",
                           "I would write one comment, if I had one.", "A modest post, and a good one about comments.",
                           "Gefeliciteerd met de opening!", "素晴らしいニュースですね。おめでとうございます。"}) {
    CAPTURE(text);
    CHECK_FALSE(is_found(text));
    CHECK_FALSE(has_strange_piece(text));
  }
}

TEST_CASE("short texts count as a whole, and very short ones not at all") {
  confidences all;
  all.add("blue granite key", 36);
  all.add("synergy", 36);
  CHECK(all.are_in("It is b l u e granite, key!"));
  CHECK_FALSE(all.are_in("What a synergy with granite."));
}

TEST_CASE("keys and codes are pieces that no person writes") {
  for (const auto* text : {"Use sk-abcdefghijkl now", "eyJhbGciOiJIUzI1NiJ9.e30", "It is 4f9d2c7b61e8a0395512",
                           "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
    CAPTURE(text);
    CHECK(has_strange_piece(text));
  }
  CHECK_FALSE(has_strange_piece("See https://example.org/a/very/long/path/with/many/words/and/2026/numbers"));
  CHECK_FALSE(has_strange_piece("Donaudampfschifffahrtsgesellschaft"));
}

TEST_CASE("languages are told by their small words and their scripts") {
  const auto [code, text] = GENERATE(table<std::string, std::string>({
      {"en", "We have opened an office in Utrecht and it is the first of many."},
      {"nl", "We hebben een kantoor in Utrecht geopend en het is het eerste van veel."},
      {"de", "Wir haben ein Büro in Utrecht eröffnet und das ist erst der Anfang."},
      {"fr", "Nous avons ouvert un bureau à Utrecht et ce n'est que le début pour nous."},
      {"es", "Hemos abierto una oficina en Utrecht y es la primera de muchas para nosotros."},
      {"it", "Abbiamo aperto un ufficio a Utrecht ed è il primo di una lunga serie per noi."},
      {"pt", "Abrimos um escritório em Utrecht e não é o último que vamos abrir com a nossa equipa."},
      {"sv", "Vi har öppnat ett kontor i Utrecht och det är inte det sista."},
      {"pl", "Otworzyliśmy biuro w Utrechcie i to jest dopiero początek dla nas."},
      {"ru", "Мы открыли офис в Утрехте."},
      {"ja", "ユトレヒトに事務所を開設しました。"},
      {"zh", "我们在乌得勒支开设了办事处。"},
      {"", "Utrecht!"},
      {"", ""},
  }));
  CAPTURE(text);
  CHECK(language_of(text) == code);
}

TEST_CASE("texts may be in one language unless they are seen not to be") {
  CHECK(may_be_one_language("We have opened an office and it is the first.", "Congratulations!"));
  CHECK(may_be_one_language("👏👏", "We are in the office"));
  CHECK_FALSE(may_be_one_language("We have opened an office and it is the first.",
                                  "Dat is een mooi begin van het jaar voor jullie en ons."));
  CHECK_FALSE(may_be_one_language("We have opened an office and it is the first.", "Поздравляем"));
}

TEST_CASE("the exact similarity of short texts is what their pieces share") {
  CHECK(exact_similarity("Well done, team!", "well done TEAM") == 1);
  CHECK(exact_similarity("Well done", "Utrecht") == 0);
  CHECK(exact_similarity("", "") == 1);
  const auto alike =
      exact_similarity("Great to see the new office in Utrecht", "Great to see a new office in Utrecht!");
  CHECK(alike > 0.6);
  CHECK(alike < 1);
}
