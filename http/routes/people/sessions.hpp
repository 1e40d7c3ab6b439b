// /auth/refresh, /auth/logout and /auth/sessions: renewing, ending and listing sessions.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_sessions(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
