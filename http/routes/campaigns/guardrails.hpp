// /projects/{id}/guardrails: what keeps a project from looking foolish, and who must approve.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_guardrails(route_table& routes);

}  // namespace pulse::http::routes
