// /integrations: a member's own accounts, as the replaced system names them.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_integrations(route_table& routes);

}  // namespace pulse::http::routes
