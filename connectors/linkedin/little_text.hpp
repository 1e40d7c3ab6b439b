// LinkedIn's "little text": the escaped form in which a post's text must be sent.
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors::linkedin {

/// `text` with the 15 reserved characters `|{}@[]()<>#\*_~` escaped by a backslash, so that they are shown literally
/// and `@[Name](urn:li:…)` mentions nobody. A hashtag (domain::find_hashtags) stays one, in LinkedIn's documented form:
/// `#news` is `{hashtag|\#|news}`. Links are found first, so that `https://example.com/#pricing` stays a link.
std::string little_text(std::string_view text);

}  // namespace pulse::connectors::linkedin
