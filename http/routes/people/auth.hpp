// /signup and /auth: signing up, signing in, staying signed in, and who one is.
#pragma once

#include "http/api/route_table.hpp"
#include "http/auth/authenticator.hpp"
#include "http/auth/sign_in_limits.hpp"

namespace pulse::http::routes {

/// Both outlive the table.
void add_auth(route_table& table, sign_in_limits& limits, authenticator& identities);

}  // namespace pulse::http::routes
