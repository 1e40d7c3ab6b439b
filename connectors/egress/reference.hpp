// Where a reference leads, seen from the address that it was found at (RFC 3986 §5).
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors {

/// `reference` resolved against `base`, which is an absolute address, without its fragment: "real.jpg",
/// "//host/real.jpg", "?b", "../c" and "HTTPS://host/" alike. The address is not judged: callers check whether it may
/// be called.
std::string resolve_reference(std::string_view base, std::string_view reference);

/// A reference as browsers read one that is not written as it must be (WHATWG URL §4.4): blanks and control characters
/// around it and line breaks and tabs in it are nothing, a backslash in its path is a slash, and what must be escaped
/// is: "/my picture.jpg" becomes "/my%20picture.jpg". What is escaped stays so.
std::string escape_reference(std::string_view reference);

}  // namespace pulse::connectors
