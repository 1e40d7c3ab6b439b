// /automation/settings, /automation/avoid-phrases, /automation/generate-comment: what members let be done in their name, and what is written for it.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_automation(route_table& routes);

}  // namespace pulse::http::routes
