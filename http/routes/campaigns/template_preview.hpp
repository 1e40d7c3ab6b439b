// POST /templates/{id}/preview and /templates/preview: what a template would say, by platform. Stores nothing.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_template_preview(route_table& routes);

}  // namespace pulse::http::routes
