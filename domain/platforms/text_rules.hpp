// What texts a platform takes, and how it counts them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace pulse::domain {

/// How a platform counts the length of a text.
enum class text_count {
  code_points,
  utf16_units,
  emoji_bytes,     // code points, but an emoji counts the bytes of its UTF-8
  weighted,        // twitter-text, configuration v3: see domain/platforms/text_length
  graphemes,       // what people see as one character
  link_graphemes,  // graphemes; a link counts 23, and of a mention only what stands before the second @
};
BOOST_DESCRIBE_ENUM(text_count, code_points, utf16_units, emoji_bytes, weighted, graphemes, link_graphemes)

/// What a platform takes of a post's words. A limit that is left out does not hold.
struct text_rules {
  int max_length = 0;  // as `counted` counts
  text_count counted = text_count::code_points;
  std::optional<int> max_bytes = std::nullopt;  // of UTF-8
  std::optional<int> max_hashtags = std::nullopt;
  std::optional<int> max_mentions = std::nullopt;
  std::optional<int> max_links = std::nullopt;
  std::optional<int> max_cashtags = std::nullopt;
  std::optional<int> max_title_length = std::nullopt;  // none: the platform shows no title
  bool is_markdown = false;                            // what is shown is made of the text by Markdown
};
BOOST_DESCRIBE_STRUCT(text_rules, (),
                      (max_length, counted, max_bytes, max_hashtags, max_mentions, max_links, max_cashtags,
                       max_title_length, is_markdown))

}  // namespace pulse::domain
