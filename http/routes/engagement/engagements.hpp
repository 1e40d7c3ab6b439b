// /engagements: likes and comments of the company's people.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_engagements(route_table& table);

}  // namespace pulse::http::routes
