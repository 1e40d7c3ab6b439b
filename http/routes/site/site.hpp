// /site/{project_id}: the public side of a project's website channel. It needs no token.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/site/site_cache.hpp"

namespace pulse::http::routes {

/// `cache` outlives the table.
void add_site(route_table& routes, site_cache& cache);

}  // namespace pulse::http::routes
