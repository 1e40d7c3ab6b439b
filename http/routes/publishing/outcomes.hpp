// GET /deliveries/outcomes: what is over, and how late it began.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_outcomes(route_table& routes);

}  // namespace pulse::http::routes
