// POST /posts/check: what the platforms would say of a text while it is being written.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_post_checks(route_table& routes);

}  // namespace pulse::http::routes
