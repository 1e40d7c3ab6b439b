// Liveness, readiness and metrics of the service: /live, /ready, /metrics, and the index.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_system(route_table& table);

}  // namespace pulse::http::routes
