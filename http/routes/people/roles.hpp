// /roles: the permissions of each role, derived from the route table.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

/// `table` outlives its routes.
void add_roles(route_table& table);

}  // namespace pulse::http::routes
