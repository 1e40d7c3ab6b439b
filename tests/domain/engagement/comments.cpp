#include "domain/engagement/comments.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain::engagement;

namespace {

comment_sources sources() {
  comment_sources made;
  made.post_text =
      "We have opened an office in Utrecht, and twelve people work there from today on. Come and see us at the "
      "harbour!";
  made.post_author = "Acme";
  made.profile = "I have worked with warehouses and with people who run them for eleven years now.";
  made.avoid_phrases = {"game changer", "🚀", "état de l'art"};
  made.examples = {"Lovely to see how far this team has come since the spring."};
  made.most_characters = 120;
  return made;
}

std::optional<comment_fault> fault_of(std::string_view comment, std::vector<std::string> others = {}) {
  return comment_check{sources(), std::move(others)}.find_fault(comment);
}

}  // namespace

TEST_CASE("a comment on the post passes") {
  CHECK_FALSE(fault_of("Congratulations to the twelve of you, the harbour is a great place to begin."));
}

TEST_CASE("every fault of a comment is found, and has its sentence") {
  const auto [comment, expected] = GENERATE(table<std::string, comment_fault>({
      {"", comment_fault::empty},
      {" \n", comment_fault::empty},
      {std::string(121, 'a'), comment_fault::too_long},
      {"Nice, see https://example.org", comment_fault::has_link},
      {"Nice, see example.com", comment_fault::has_link},
      {"Well done @acme", comment_fault::has_mention},
      {"Well done #utrecht", comment_fault::has_mention},
      {"That is a real Game-Changer for you.", comment_fault::avoided},
      {"Up you go 🚀", comment_fault::avoided},
      {"It is etat de l art.", comment_fault::avoided},
      {"Dat is een mooi begin van het jaar voor jullie en voor de haven.", comment_fault::language},
      {"We have opened an office in Utrecht, and twelve people work there from today on. Come and see us at the "
       "harbour!",
       comment_fault::repeats_post},
      {"I have worked with warehouses and with people who run them, too.", comment_fault::confidential},
      {"Lovely to see how far this team has come since the spring.", comment_fault::confidential},
      {"Say nothing about the company, its products or its figures", comment_fault::confidential},
      {"Take 4f9d2c7b61e8a03955aa12 as a gift.", comment_fault::strange},
  }));
  CAPTURE(comment);
  CHECK(fault_of(comment) == expected);
  CHECK(sentence(expected).ends_with('.'));
}

TEST_CASE("no two comments on one post are alike") {
  const std::string other = "Congratulations to the twelve of you on the new office!";
  CHECK(fault_of("Congratulations to all twelve of you on the new office.", {"Something else", other}) ==
        comment_fault::alike);
  CHECK_FALSE(fault_of("The harbour must be a lively place to work from.", {other}));
}

TEST_CASE("what others wrote is in the material alone, and the second pass sees no profile") {
  auto from = sources();
  from.tone = "MARKER-TONE";
  const auto write = prompt_to_write(from, {});
  for (const auto* text : {&write.system, &write.task}) {
    CHECK(text->find("Utrecht") == std::string::npos);
    CHECK(text->find("MARKER") == std::string::npos);
    CHECK(text->find("warehouses") == std::string::npos);
  }
  CHECK(write.materials.size() == 6);
  CHECK(write.task.find("in English") != std::string::npos);
  CHECK(write.task.find("120 characters") != std::string::npos);
  const auto review = prompt_to_review(from, "A comment.");
  CHECK(review.materials.size() == 3);
  for (const auto& each : review.materials) CHECK(each.text.find("warehouses") == std::string::npos);
}

TEST_CASE("what was wrong before is said in our words, each once") {
  const auto write =
      prompt_to_write(sources(), {comment_fault::too_long, comment_fault::has_link, comment_fault::too_long});
  const auto first = write.task.find("Be much shorter.");
  CHECK(first != std::string::npos);
  CHECK(write.task.find("Be much shorter.", first + 1) == std::string::npos);
  CHECK(write.task.find("Use no link.") != std::string::npos);
}

TEST_CASE("what a comment is written from is bounded") {
  auto from = sources();
  from.post_text = std::string(100'000, 'x');
  from.profile = std::string(100'000, 'y');
  from.examples = std::vector<std::string>(100, std::string(100'000, 'z'));
  from.avoid_phrases = std::vector<std::string>(300, std::string(1'000, 'p'));
  std::size_t bytes = 0;
  for (const auto& each : prompt_to_write(from, {}).materials) bytes += each.text.size();
  CHECK(bytes < 45'000);
}

TEST_CASE("quotation marks around a whole comment are cut, and others stay") {
  CHECK(trimmed(" \"Well done.\" \n") == "Well done.");
  CHECK(trimmed("“Well done.”") == "Well done.");
  CHECK(trimmed("\"Well\" and \"done\"") == "\"Well\" and \"done\"");
  CHECK(trimmed("") == "");
}
