// /auth/linkedin, /auth/sso, /auth/exchange, /auth/identities: signing in with an identity provider.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_single_sign_on(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
