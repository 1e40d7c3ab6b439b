// Reactions to published posts: likes, comments, shares and views, as the platforms count them.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_reactions(route_table& table);

}  // namespace pulse::http::routes
