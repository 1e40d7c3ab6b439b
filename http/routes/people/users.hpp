// /users/profile: a member's description of themselves.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_users(route_table& table);

}  // namespace pulse::http::routes
