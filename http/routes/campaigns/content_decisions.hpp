// /content/{id}/submit, /approve, /reject, /approval and /comments: approval by members, and their comments.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_content_decisions(route_table& routes);

}  // namespace pulse::http::routes
