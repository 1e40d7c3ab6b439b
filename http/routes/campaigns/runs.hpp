// Runs of automation rules, and the decisions of each.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_runs(route_table& routes);

}  // namespace pulse::http::routes
