// /tracked-posts: the posts found on all tracked pages, as one feed.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_found_posts(route_table& table);

}  // namespace pulse::http::routes
