// /site/{project_id}: the public side of a project's website channel. No token: whoever knows the address may read.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_site(route_table& routes);

}  // namespace pulse::http::routes
