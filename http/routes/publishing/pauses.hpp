// Pausing and resuming a channel, a project, or the whole company; and the company itself. Once a pause is answered, nothing
// more of it starts; what had begun before is named in the answer.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_pauses(route_table& routes);

}  // namespace pulse::http::routes
