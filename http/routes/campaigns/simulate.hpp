// POST /projects/{id}/simulate: which posts would go out at what time.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_simulate(route_table& routes);

}  // namespace pulse::http::routes
