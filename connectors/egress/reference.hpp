// Where a reference leads, seen from the address that it was found at (RFC 3986 §5).
#pragma once

#include <string>
#include <string_view>

namespace pulse::connectors {

/// `reference` resolved against `base`, which is an absolute address, without its fragment: "real.jpg", "//host/real.jpg", "?b",
/// "../c" and "HTTPS://host/" alike. Nothing is judged: whoever goes there looks whether he may.
std::string resolve_reference(std::string_view base, std::string_view reference);

}  // namespace pulse::connectors
