// LinkedIn's "little text": how a post's text must be written so that it is shown as it was meant.
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors::linkedin {

/// `text` with the 15 reserved characters `|{}@[]()<>#\*_~` escaped by a backslash, so that they are shown and mean nothing; so
/// `@[Name](urn:li:…)` of a text mentions nobody. A hashtag (domain::find_hashtags) stays one, in the form that LinkedIn documents
/// for it: `#news` is `{hashtag|\#|news}`. Links are found first, so that `https://example.com/#pricing` stays a link.
std::string little_text(std::string_view text);

}  // namespace pulse::connectors::linkedin
