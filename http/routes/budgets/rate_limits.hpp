// /rate-limits: how many posts may start, by platform and scope, and who set that limit.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_rate_limits(route_table& routes);

}  // namespace pulse::http::routes
