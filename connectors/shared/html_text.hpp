// What people read in a piece of HTML, without its markup.
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors {

/// The text of simple HTML such as a post's: paragraphs and line breaks become line breaks, entities their signs, other
/// tags nothing. For comparing and showing as text, never for showing as HTML.
std::string plain_text(std::string_view html);

}  // namespace pulse::connectors
