// /analytics: figures of what was published.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_analytics_figures(route_table& routes);

}  // namespace pulse::http::routes
