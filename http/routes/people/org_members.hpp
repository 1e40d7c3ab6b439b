// /org/members, /org/owner and /users/role: a company's people and their roles.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_org_members(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
