// The length of a text as a platform counts it: what the limits of `domain/publishing/channel` are measured in.
#pragma once

#include <string_view>

#include "domain/platforms/platform.hpp"

namespace pulse::domain {

/// The length of `utf8` in this way of counting. Invalid UTF-8 counts as replacement characters.
///
/// weighted: the count of twitter-text, configuration v3: NFC; Latin, Greek, Cyrillic and the like count 1, everything
/// else 2; an emoji sequence 2 as a whole; a link 23, however long (`domain/platforms/links` says what a link is).
/// emoji_bytes: as Threads counts, "emoji counted by UTF-8 bytes". link_graphemes: as Mastodon counts; only links with
/// http:// or https:// are short.
int text_length(text_count counted, std::string_view utf8);

/// The length of `utf8` as channels of `type` count it.
int text_length(channel_type type, std::string_view utf8);

}  // namespace pulse::domain
