// GET /deliveries/outcomes: finished deliveries, and how late each began.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_outcomes(route_table& routes);

}  // namespace pulse::http::routes
