// /content/{id}/schedule, /publish-now and /check: content becomes a post.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_content_scheduling(route_table& routes);

}  // namespace pulse::http::routes
