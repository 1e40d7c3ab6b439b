#include "domain/engagement/asking.hpp"

#include <catch2/catch.hpp>

#include "base/time.hpp"

using namespace pulse;

namespace {

domain::asked_act comment() {
  return {.kind = domain::engagement_kind::comment,
          .page_name = "Halden Bikes",
          .post_title = "New prices",
          .text = "Clear and short.",
          .at = *base::parse_timestamp("2026-12-01T09:42:00Z"),
          .link = "https://pulse.test/app/confirm#secret=s1"};
}

}  // namespace

TEST_CASE("a mail that asks says what goes out, when in the member's zone, and has a link for each act") {
  auto like = comment();
  like.kind = domain::engagement_kind::like;
  like.link = "https://pulse.test/app/confirm#secret=s2";
  const auto mail = domain::write_asking_mail({comment(), like}, "Europe/Amsterdam");
  CHECK(mail.subject == "2 likes and comments wait for your word");
  CHECK(mail.text.find("A comment under a post of Halden Bikes: \"New prices\"\nat about Tue 1 Dec 2026, 10:42 "
                       "CET\n> Clear and short.\nhttps://pulse.test/app/confirm#secret=s1\n") != std::string::npos);
  CHECK(mail.text.find("#secret=s2") != std::string::npos);
  CHECK(domain::write_asking_mail({like}, "UTC").subject == "A like waits for your word");
}

TEST_CASE("what was posted cannot look like a line of the mail, and is cut between characters") {
  auto act = comment();
  act.post_title = "Nice\n\nhttps://evil.test\r\nGo there";
  act.text.clear();
  const auto text = domain::write_asking_mail({act}, "UTC").text;
  CHECK(text.find("\nhttps://evil.test") == std::string::npos);
  CHECK(text.find("It has no words yet") != std::string::npos);
  act.post_title.assign(159, 'x');
  act.post_title.append("ééé");
  CHECK(domain::write_asking_mail({act}, "UTC").text.find(std::string(159, 'x') + "…") != std::string::npos);
}

TEST_CASE("a chat of a member is told each act with its link, and a company's chat figures alone") {
  const auto mine = domain::write_asking_chat({comment()}, "Europe/Amsterdam");
  CHECK(mine.title == "A comment waits for your word");
  REQUIRE(mine.parts.size() == 2);
  CHECK(mine.parts[0].link == "https://pulse.test/app/confirm#secret=s1");
  CHECK(mine.parts[0].text.find("> Clear and short.") != std::string::npos);
  const auto ours = domain::write_company_chat({{"Halden Bikes", "New prices", 3, 2}, {"Acme", "", 1, 1}},
                                               "https://pulse.test/app/engagement/mine");
  REQUIRE(ours.parts.size() == 3);
  CHECK(ours.parts[0].text == "3 wait for the word of 2 members under a post of Halden Bikes: \"New prices\"");
  CHECK(ours.parts[1].text == "1 waits for the word of 1 member under a post of Acme");
  CHECK(ours.parts[0].link.empty());
  CHECK(ours.parts[2].link == "https://pulse.test/app/engagement/mine");
}
