// /campaigns: posts, rules and a goal between two days.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_campaigns(route_table& routes);

}  // namespace pulse::http::routes
