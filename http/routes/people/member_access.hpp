// /org/members/{id}/access: the projects and channels that a member may see.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_member_access(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
