// Percent-encoding (RFC 3986 §2.1), by Boost.URL: the only codec of the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pulse::base {

/// Everything but letters, digits, `-._~` and the characters of `kept` (never the percent sign) as %XX, byte by byte.
/// Without `kept` fit for a path segment and for a query.
std::string percent_encoded(std::string_view text, std::string_view kept = {});

enum class plus_sign : std::uint8_t {
  literal,  // in paths
  space,    // in queries and forms
};

/// Replaces `out` by the decoded form of `raw`. False, and `out` is as it was, when a `%` is not followed by two
/// hexadecimal digits; what the bytes mean (UTF-8, control characters) is the caller's to check.
bool percent_decode(std::string_view raw, plus_sign plus, std::string& out);

/// For what people type: decoded, or unchanged when it is no percent-encoding ("50%").
std::string percent_decoded(std::string_view typed);

}  // namespace pulse::base
