// What would go out when.
#pragma once

#include "http/route_table.hpp"

namespace pulse::http::routes {

void add_simulate(route_table& routes);

}  // namespace pulse::http::routes
