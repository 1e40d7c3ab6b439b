// /signup and /auth/verify-email: making a company, and confirming an e-mail address.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_signup(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
