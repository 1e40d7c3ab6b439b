// Names of hosts in letters beyond ASCII, and their spelling with "xn--" (UTS #46).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pulse::domain {

/// The ASCII spelling of a host's name, which is UTF-8: "bücher.de" is "xn--bcher-kva.de", "ＡＢＣ。com" is "abc.com".
/// Nothing for what is no name.
std::optional<std::string> to_ascii_name(std::string_view name);

/// The letters of one label that begins with "xn--"; nothing when it spells none.
std::optional<std::u32string> to_letters(std::string_view label);

}  // namespace pulse::domain
