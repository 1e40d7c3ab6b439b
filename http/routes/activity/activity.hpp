// The events of a company: live, by polling, and the latest ones.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_activity(route_table& table);

}  // namespace pulse::http::routes
