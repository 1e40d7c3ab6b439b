// /templates: versioned texts with placeholders.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_templates(route_table& routes);

}  // namespace pulse::http::routes
