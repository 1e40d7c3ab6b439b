// /content: what is written, approved and then becomes a post.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_content(route_table& routes);

}  // namespace pulse::http::routes
