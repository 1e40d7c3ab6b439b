// /deliveries: one post to one channel each; those that need somebody, and what somebody decides about them.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_deliveries(route_table& routes);

}  // namespace pulse::http::routes
