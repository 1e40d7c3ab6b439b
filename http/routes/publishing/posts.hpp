// /posts: writing, scheduling and withdrawing, and what became of it. Nothing is ever published inside a request: these write
// rows, and tell the engine.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_posts(route_table& routes);

}  // namespace pulse::http::routes
