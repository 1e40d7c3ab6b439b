// Automation rules: what sets them off, and what they do.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_rules(route_table& routes);

}  // namespace pulse::http::routes
