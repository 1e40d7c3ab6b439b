#include "domain/platforms/content_check.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/platforms/links.hpp"
#include "domain/platforms/markdown.hpp"
#include "domain/platforms/tags.hpp"
#include "domain/platforms/text_length.hpp"
#include "domain/platforms/unicode.hpp"
#include "domain/publishing/post_limits.hpp"

namespace pulse::domain {

namespace {

/// "has 31 hashtags, Instagram takes 30"; nothing when there are not too many. `what` is a plural that ends in s.
std::optional<std::string> too_many(const platform& by, int count, std::optional<int> most, std::string_view what) {
  if (!most || count <= *most) return std::nullopt;
  if (count == 1) what.remove_suffix(1);
  return fmt::format("has {} {}, {} takes {}", count, what, by.display_name,
                     *most == 0 ? std::string{"none"} : std::to_string(*most));
}

/// Checks that need to read the text. The common case, no such limits, costs nothing.
std::optional<std::string> too_many_tags(const platform& by, std::string_view utf8) {
  const auto& rules = by.text;
  if (!rules.max_hashtags && !rules.max_mentions && !rules.max_links && !rules.max_cashtags) return std::nullopt;
  constexpr std::string_view wide_signs = "\xef\xbc";  // how U+FF03 and U+FF20 begin
  const bool has_signs = utf8.find_first_of("#@$") != utf8.npos || utf8.find(wide_signs) != utf8.npos;
  if (!has_signs && !rules.max_links) return std::nullopt;
  const auto text = to_code_points(utf8);
  if (rules.max_hashtags) {
    if (auto wrong = too_many(by, count_hashtags(text), rules.max_hashtags, "hashtags")) return wrong;
  }
  if (rules.max_mentions) {
    if (auto wrong = too_many(by, count_mentions(text), rules.max_mentions, "mentions")) return wrong;
  }
  if (rules.max_cashtags) {
    if (auto wrong = too_many(by, count_cashtags(text), rules.max_cashtags, "cashtags")) return wrong;
  }
  if (!rules.max_links) return std::nullopt;
  return too_many(by, static_cast<int>(find_links(text).size()), rules.max_links, "links");
}

}  // namespace

bool can_refuse_text(const platform& by) {
  const auto& rules = by.text;
  return static_cast<std::size_t>(rules.max_length) < most_post_characters || rules.max_bytes || rules.max_hashtags ||
         rules.max_mentions || rules.max_links || rules.max_cashtags;
}

std::optional<std::string> text_problem_for(channel_type type, std::string_view text) {
  const auto& by = platform_of(type);
  if (text.empty()) return "must not be empty";
  if (is_blank(text)) return "must not be blank: nobody would see anything of it";
  if (auto wrong = too_many(by, text_length(by.text.counted, text), by.text.max_length, "characters")) return wrong;
  if (auto wrong = too_many(by, static_cast<int>(text.size()), by.text.max_bytes, "bytes")) return wrong;
  if (by.text.is_markdown && is_blank_markdown(text)) {
    return "must show something when its Markdown is read: nobody would see anything of it. Add words or a picture";
  }
  return too_many_tags(by, text);
}

std::optional<std::string> title_problem_for(channel_type type, std::string_view title) {
  const auto& by = platform_of(type);
  return too_many(by, text_length(by.text.counted, title), by.text.max_title_length, "characters");
}

std::optional<std::string> media_problem_for(channel_type type, std::span<const media> all) {
  const auto& by = platform_of(type);
  const auto& rules = by.media;
  const auto count = [all](media_kind kind) {
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [kind](const media& each) { return each.kind == kind; }));
  };
  const int images = count(media_kind::image);
  const int films = count(media_kind::video);
  if (auto wrong = too_many(by, images, rules.max_images, "images")) return wrong;
  if (auto wrong = too_many(by, films, rules.max_videos, "films")) return wrong;
  if (images > 0 && films > 0 && !rules.may_mix)
    return fmt::format("has images and films, {} takes one kind", by.display_name);
  // Of a carousel; where one picture may go with a film it is its cover.
  const bool is_carousel = rules.may_mix && rules.max_images > 1;
  if (is_carousel) {
    if (auto wrong = too_many(by, images + films, std::max(rules.max_images, rules.max_videos), "images and films"))
      return wrong;
  }
  for (const auto& each : all) {
    const auto length = static_cast<int>(base::count_code_points(each.alt_text));
    if (length <= rules.max_alt_text) continue;
    return fmt::format("has a description of {} characters, {} takes {}", length, by.display_name, rules.max_alt_text);
  }
  return std::nullopt;
}

}  // namespace pulse::domain
