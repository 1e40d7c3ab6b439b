// Percent-encoding (RFC 3986 §2.1), read strictly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pulse::http::server {

enum class plus_sign : std::uint8_t {
  literal,  // in paths
  space,    // in queries and forms
};

/// Replaces `out` by the decoded form of `raw`. False when a `%` is not followed by two hexadecimal digits; what the
/// bytes mean (UTF-8, control characters) is the caller's to check.
bool percent_decode(std::string_view raw, plus_sign plus, std::string& out);

}  // namespace pulse::http::server
