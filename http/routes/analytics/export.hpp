// /analytics/publishing-export: every outcome as a line of CSV.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_analytics_export(route_table& routes);

}  // namespace pulse::http::routes
