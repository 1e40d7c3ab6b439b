// GET /channels/usage: how much of its budget each channel has used, for planning.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_usage(route_table& routes);

}  // namespace pulse::http::routes
