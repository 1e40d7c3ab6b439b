// /integrations: a member's own accounts, under the names that the replaced system used.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_integrations(route_table& routes);

}  // namespace pulse::http::routes
