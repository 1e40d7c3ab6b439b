// /tracked-posts: what was found of all tracked pages, one feed.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_found_posts(route_table& table);

}  // namespace pulse::http::routes
