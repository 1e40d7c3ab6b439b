// /connectors/available: the platforms to which a project can be connected.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_connectors(route_table& routes);

}  // namespace pulse::http::routes
