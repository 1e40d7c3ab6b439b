// /retry-policies: how often, and after how long, what failed for a passing reason is tried again; by channel type.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_retry_policies(route_table& routes);

}  // namespace pulse::http::routes
