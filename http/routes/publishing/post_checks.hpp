// POST /posts/check: checks a text against its platforms while it is being written.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_post_checks(route_table& routes);

}  // namespace pulse::http::routes
