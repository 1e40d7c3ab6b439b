// /posts: writing, scheduling and withdrawing posts, and their outcomes. No request publishes by itself: routes write
// rows and notify the engine.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_posts(route_table& routes);

}  // namespace pulse::http::routes
