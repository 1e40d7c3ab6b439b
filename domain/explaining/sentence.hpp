// Words that come from several rooms, put together so that people read sentences.
#pragma once

#include <string>
#include <string_view>

namespace pulse::domain {

/// The same words with a full stop, unless they end a sentence already, quoted or not. Spaces at the end are dropped; nothing stays
/// nothing.
std::string ended(std::string_view words);

/// The same, with a capital letter.
std::string as_sentence(std::string_view words);

}  // namespace pulse::domain
