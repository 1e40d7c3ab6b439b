// /deliveries: one post to one channel each, and the decisions of people about them.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_deliveries(route_table& routes);

}  // namespace pulse::http::routes
