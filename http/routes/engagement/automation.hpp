// /automation/settings, /automation/avoid-phrases, /automation/generate-comment: what Pulse may do in a member's name.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_automation(route_table& routes);

}  // namespace pulse::http::routes
