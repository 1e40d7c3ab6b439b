// /tracked-pages: companies' pages, their posts, and polling them.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_tracked_pages(route_table& table);

}  // namespace pulse::http::routes
