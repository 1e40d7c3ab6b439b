// Which language a text seems to be in: by its script, and by the small words that every sentence has.
#pragma once

#include <string>
#include <string_view>

namespace pulse::domain {

/// The ISO 639-1 code ("en", "nl", "de", "fr", "es", "it", "pt", "sv", "da", "pl", and by script "ru", "el", "he",
/// "ar", "hi", "th", "zh", "ja", "ko"), or nothing where the text is too short or too mixed to tell. A text in Cyrillic
/// script counts as "ru", whichever of its languages it is in.
std::string language_of(std::string_view text);

/// Whether two texts may be in one language: they are, or one of them cannot be told and both are in one script.
bool may_be_one_language(std::string_view a, std::string_view b);

/// The English name of a code that `language_of` knows: "German"; the code itself otherwise.
std::string language_name(std::string_view code);

}  // namespace pulse::domain
