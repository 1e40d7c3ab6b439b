// /projects/{id}/guardrails: limits that keep a project's posts presentable, and who must approve.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_guardrails(route_table& routes);

}  // namespace pulse::http::routes
