// What happens in a company: live, by polling, and the latest of it.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_activity(route_table& table);

}  // namespace pulse::http::routes
