// /channels/{provider}/oauth and /connections: connecting accounts in the browser.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

/// Adds them for every provider that a platform's description names.
void add_oauth(route_table& routes);

}  // namespace pulse::http::routes
