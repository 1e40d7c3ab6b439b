// /auth/password: changing a password, and resetting it by mail.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_passwords(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
