// /content/{id}/submit, /approve, /reject, /approval and /comments: what members say about content.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_content_decisions(route_table& routes);

}  // namespace pulse::http::routes
