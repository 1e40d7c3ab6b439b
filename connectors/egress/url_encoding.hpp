// How texts stand in addresses and in forms.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pulse::connectors {

/// RFC 3986 §2: everything but letters, digits and `-._~` as %XX, byte by byte. Fit for a path segment and for a query.
std::string percent_encoded(std::string_view text);

/// `a=1&b=two%20words`: the body of an application/x-www-form-urlencoded request, or a query.
std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace pulse::connectors
