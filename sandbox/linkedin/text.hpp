// LinkedIn's "little text", read back. Written for the sandbox alone: it must not share a mistake with the product that it
// witnesses.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::sandbox::linkedin {

/// What a commentary shows to readers: escapes undone, `{hashtag|\#|word}` as #word, `@[Name](urn:…)` as Name. Nothing when a
/// reserved character stands in it that neither is escaped nor belongs to one of these two forms; a # alone begins a
/// hashtag and may stand.
std::optional<std::string> shown_text(std::string_view commentary);

/// Code points of UTF-8.
std::size_t length(std::string_view text);

}  // namespace pulse::sandbox::linkedin
