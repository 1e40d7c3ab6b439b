#include "domain/publishing/option_fit.hpp"

#include <catch2/catch.hpp>

using namespace pulse::domain;

namespace {

std::vector<std::string> pointers(const std::vector<misfit>& of) {
  std::vector<std::string> found;
  for (const auto& each : of) found.push_back(each.pointer);
  return found;
}

}  // namespace

TEST_CASE("what is chosen must be an option of a platform, and a value that it takes") {
  CHECK(option_misfits({{"tiktok", {{"privacy_level", "SELF_ONLY"}, {"disclosure", "none"}, {"is_aigc", "no"}}},
                        {"x", {{"thread", "two\nlines\n---\n" + std::string(280, 'a')}}},
                        {"pinterest", {{"link", "https://example.org/a"}}}})
            .empty());
  const auto [platform, option, value, pointer] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"myspace", "privacy_level", "SELF_ONLY", "/options/myspace"},
      {"tiktok", "board", "1", "/options/tiktok/board"},
      {"tiktok", "privacy_level", "public", "/options/tiktok/privacy_level"},
      {"tiktok", "privacy_level", "", "/options/tiktok/privacy_level"},
      {"tiktok", "is_aigc", "true", "/options/tiktok/is_aigc"},
      {"pinterest", "link", "javascript:alert(1)", "/options/pinterest/link"},
      {"pinterest", "link", "https://example.org/a b", "/options/pinterest/link"},
      {"pinterest", "link", "https://" + std::string(2'048, 'a'), "/options/pinterest/link"},
      {"pinterest", "board_section_id", " ", "/options/pinterest/board_section_id"},
      {"pinterest", "board_section_id", std::string(41, '1'), "/options/pinterest/board_section_id"},
      {"pinterest", "board_section_id", "1\n2", "/options/pinterest/board_section_id"},
      {"x", "privacy_level", "SELF_ONLY", "/options/x/privacy_level"},
      {"x", "thread", " \n---\n ", "/options/x/thread"},
      {"x", "thread", "two\n---\n" + std::string(281, 'a'), "/options/x/thread"},
      {"pinterest", "thread", "two", "/options/pinterest/thread"},
      {"mastodon", "language", "english", "/options/mastodon/language"},
      {"mastodon", "language", "e1", "/options/mastodon/language"},
      {"bluesky", "language", "en_GB", "/options/bluesky/language"},
      {"bluesky", "language", "en-", "/options/bluesky/language"},
  }));
  CAPTURE(platform, option, value);
  CHECK(pointers(option_misfits({{platform, {{option, value}}}})) == std::vector<std::string>{pointer});
}

TEST_CASE("what a platform demands is missing until it is chosen for that very platform") {
  const auto type = channel_type::tiktok;
  CHECK(pointers(missing_options({}, {type, type, channel_type::x})) ==
        std::vector<std::string>{"/options/tiktok/privacy_level", "/options/tiktok/disclosure"});
  CHECK(unchosen({{"pinterest", {{"privacy_level", "SELF_ONLY"}}}}, type).size() == 2);
  CHECK(missing_options({{"tiktok", {{"privacy_level", "SELF_ONLY"}, {"disclosure", "none"}}}}, {type}).empty());
  CHECK(missing_options({}, {channel_type::x, channel_type::pinterest}).empty());
}

TEST_CASE("options that must be chosen have no default, and nothing is public by itself") {
  for (const auto& each : platform_of(channel_type::tiktok).options) {
    if (each.name == "privacy_level" || each.name == "disclosure") CHECK(each.is_required);
  }
}

TEST_CASE("languages are named as the platforms read them") {
  for (const auto* tag : {"en", "pt-BR", "zh-Hans-CN", "gsw"}) {
    CAPTURE(tag);
    CHECK(option_misfits({{"bluesky", {{"language", tag}}}}).empty());
  }
}
