// /roles: what each role may do, made of the route table.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

/// `table` outlives its routes.
void add_roles(route_table& table);

}  // namespace pulse::http::routes
