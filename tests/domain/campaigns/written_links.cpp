// The links that a rule's texts may have.
#include "domain/campaigns/written_links.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"

namespace pulse::domain::campaigns {

TEST_CASE("a link that nobody gave is foreign, however it is written") {
  const std::vector<std::string> given{"Read https://acme.example.com/spring and news.example.com."};
  for (const auto* text : {"Go to https://evil.example.net", "evil.com", "See HTTP://EVIL.COM/a?b", "bit.ly/xyz!",
                           "https://acme.example.com@evil.com/spring", "a https://acme.example.com.evil.com/spring"}) {
    INFO(text);
    CHECK(foreign_link(text, given, link_care::same_host));
    CHECK(foreign_link(text, given, link_care::same_address));
  }
  CHECK(foreign_link("Go to https://evil.com now", given, link_care::same_host) == "https://evil.com");
}

TEST_CASE(
    "a link that was given is fine in any spelling of its host and scheme, and a model may not make up the rest of "
    "it") {
  const std::vector<std::string> given{"Read https://www.Acme.com/spring and acme.org/x/"};
  for (const auto* text :
       {"https://acme.com/spring", "ACME.com/spring", "http://www.acme.com/spring/", "acme.org/x", "No link", ""}) {
    INFO(text);
    CHECK_FALSE(foreign_link(text, given, link_care::same_address));
    CHECK_FALSE(foreign_link(text, given, link_care::same_host));
  }
  CHECK_FALSE(foreign_link("https://acme.com/winter", given, link_care::same_host));
  CHECK(foreign_link("https://acme.com/winter", given, link_care::same_address));
  CHECK(foreign_link("https://acme.com/Spring", given, link_care::same_address));
}

TEST_CASE("a feed item's address is a given link, and links in its words are not") {
  const auto given = given_by({{"feed.url", "https://blog.example.org/1"},
                               {"feed.title", "https://evil.com"},
                               {"feed.summary", "evil.org"},
                               {"event.title", "Ours: https://acme.com"}});
  CHECK_FALSE(foreign_link("https://blog.example.org/1 https://acme.com", given, link_care::same_address));
  CHECK(foreign_link("evil.com", given, link_care::same_host));
  CHECK(foreign_link("evil.org", given, link_care::same_host));
}

TEST_CASE("the sentence about a foreign link is no link") {
  const auto told = tell_foreign("https://evil.example.com/path", link_care::same_address);
  CHECK(told.find("evil[.]example[.]com") != std::string::npos);
  CHECK_FALSE(foreign_link("A sentence with evil[.]example[.]com", {}, link_care::same_host));
  // And it stays text where the link is cut.
  CHECK(base::is_clean_utf8(tell_foreign(std::string(199, 'a') + "\xc3\xa9", link_care::same_host)));
}

}  // namespace pulse::domain::campaigns
