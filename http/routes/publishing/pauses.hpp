// Pausing and resuming a channel, a project, or the whole company; and the company itself. After a pause is answered,
// nothing more of it starts. The answer lists the deliveries that had begun before.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_pauses(route_table& routes);

}  // namespace pulse::http::routes
