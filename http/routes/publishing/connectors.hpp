// /connectors/available: what a project can be connected to.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_connectors(route_table& routes);

}  // namespace pulse::http::routes
