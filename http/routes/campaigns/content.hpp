// /content: texts that are written, approved and then become posts.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_content(route_table& routes);

}  // namespace pulse::http::routes
