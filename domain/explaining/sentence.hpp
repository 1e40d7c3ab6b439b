// Makes sentences of phrases that come from several rooms.
#pragma once

#include <string>
#include <string_view>

namespace pulse::domain {

/// The same words with a full stop, unless they end a sentence already, quoted or not. Spaces at the end are dropped;
/// nothing stays nothing.
std::string ended(std::string_view words);

/// The same, with a capital letter.
std::string as_sentence(std::string_view words);

/// Without the controls by which a part of a text makes what stands around it read in another order (Unicode's
/// Bidi_Control: U+202E and its kin). Names of people and channels may hold them; a sentence of ours that quotes a name
/// reads as it is written.
std::string in_reading_order(std::string words);

}  // namespace pulse::domain
