// LinkedIn's "little text": how a post's text must be written so that it is shown as it was meant (platforms/linkedin.md §3).
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors::linkedin {

/// `text` with the 15 reserved characters `|{}@[]()<>#\*_~` escaped by a backslash, so that they are shown and mean nothing.
/// A hashtag stays one, in the form that LinkedIn documents for it: `#news` is `{hashtag|\#|news}`. A hashtag begins where
/// no word ends, and has a letter; it is of Unicode letters and digits, by blocks rather than by property: what is not seen
/// as one is shown all the same.
std::string little_text(std::string_view text);

}  // namespace pulse::connectors::linkedin
