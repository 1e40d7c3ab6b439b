// Why a post went out when it did, or has not.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_explain(route_table& routes);

}  // namespace pulse::http::routes
