// POST /templates/{id}/preview and /templates/preview: a template's text for each platform. Stores nothing.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_template_preview(route_table& routes);

}  // namespace pulse::http::routes
