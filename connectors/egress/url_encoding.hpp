// How texts stand in addresses and in forms.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/percent.hpp"

namespace pulse::connectors {

using base::percent_encoded;

/// `a=1&b=two%20words`: the body of an application/x-www-form-urlencoded request, or a query.
std::string form_encoded(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace pulse::connectors
