// Decodes LinkedIn's "little text". Written for the sandbox alone, because it must not share a mistake with the product
// that it checks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pulse::sandbox::linkedin {

/// The text of a commentary as readers see it: escapes undone, `{hashtag|\#|word}` as #word, `@[Name](urn:…)` as Name.
/// Nothing if it has a reserved character that is neither escaped nor part of one of these two forms; a # alone begins
/// a hashtag and is allowed.
std::optional<std::string> shown_text(std::string_view commentary);

/// Code points of UTF-8.
std::size_t length(std::string_view text);

}  // namespace pulse::sandbox::linkedin
