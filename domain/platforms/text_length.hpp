// The length of a text as a platform counts it: what the limits of `domain/publishing/channel` are measured in.
#pragma once

#include <string_view>

#include "domain/publishing/channel.hpp"

namespace pulse::domain {

/// The length of `utf8` on channels of `type`. Invalid UTF-8 counts as replacement characters.
///
/// x: the weighted count of twitter-text, configuration v3 (platforms/x.md §Text length): NFC; Latin, Greek, Cyrillic
/// and the like count 1, everything else 2; an emoji sequence 2 as a whole; a link 23, however long (`domain/platforms/links`
/// says what a link is). website, instagram, linkedin: code points.
int text_length(channel_type type, std::string_view utf8);

}  // namespace pulse::domain
