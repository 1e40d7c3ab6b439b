// /calendar: a project's plans and their outcomes.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_calendar(route_table& routes);

}  // namespace pulse::http::routes
