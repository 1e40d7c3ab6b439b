// /channels/{provider}/oauth and /connections: connecting accounts by clicking.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

/// For every provider that the platforms' descriptions name.
void add_oauth(route_table& routes);

}  // namespace pulse::http::routes
