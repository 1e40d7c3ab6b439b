// /ai/budget, /ai/usage: what a company may spend on AI, and what it has spent.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_ai_budget(route_table& routes);

}  // namespace pulse::http::routes
