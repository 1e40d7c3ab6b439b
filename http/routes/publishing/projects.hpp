// /projects: the projects of a company.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_projects(route_table& routes);

}  // namespace pulse::http::routes
