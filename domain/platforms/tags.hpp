// Hashtags, mentions and cashtags in a text: where they stand, and how many a platform would see.
#pragma once

#include <string_view>
#include <vector>

#include "domain/platforms/links.hpp"

namespace pulse::domain {

/// The hashtags that a reader takes for one: # and a word of letters and digits with at least one letter, where the #
/// begins a word: at the start, behind white space, an opening bracket or quote, an emoji, or a CJK sign. Never inside
/// a link: "https://example.com/#pricing", "?q=#t", "Inc.#D", "a-#b" and "C#" have none. The range begins with the #.
std::vector<text_range> find_hashtags(std::u32string_view text);

/// How many hashtags a platform may see in `text`: every # that is followed by a letter, a digit, an underscore or an
/// emoji, outside links. This may be more than `find_hashtags` finds, to be on the safe side of limits.
int count_hashtags(std::u32string_view text);

/// How many accounts `text` mentions: @ and a name, which is not part of an e-mail address or a link.
int count_mentions(std::u32string_view text);

/// How many cashtags X sees: $ and one to six letters, standing by itself (twitter-text).
int count_cashtags(std::u32string_view text);

}  // namespace pulse::domain
