// /retry-policies: when deliveries that failed for a passing reason are retried, by channel type.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_retry_policies(route_table& routes);

}  // namespace pulse::http::routes
