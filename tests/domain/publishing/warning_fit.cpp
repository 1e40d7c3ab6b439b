#include "domain/publishing/warning_fit.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

TEST_CASE("a content warning counts with the text behind it, which is known while it is written") {
  const auto type = channel_type::mastodon;
  const options_by_platform chosen{{"mastodon", {{"content_warning", std::string(100, 'w')}}}};
  CHECK(warning_misfits(std::string(400, 'a'), {}, chosen, {type}).empty());
  const auto wrong = warning_misfits(std::string(401, 'a'), {}, chosen, {type, channel_type::bluesky});
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].pointer == "/options/mastodon/content_warning");
  CHECK(wrong[0].detail == "has 501 characters together with the text, Mastodon takes 500");
  CHECK(warning_misfits(std::string(401, 'a'), {{"mastodon", "short"}}, chosen, {type}).empty());
  CHECK(warning_misfits("short", {{"mastodon", std::string(401, 'a')}}, chosen, {type}).size() == 1);
  // A text that is too long by itself is said of the text.
  CHECK(warning_misfits(std::string(501, 'a'), {}, chosen, {type}).empty());
}
