// /signup and /auth: signing up, signing in, staying signed in, and who one is.
#pragma once

#include "http/authenticator.hpp"
#include "http/route_table.hpp"
#include "http/sign_in_limits.hpp"

namespace pulse::http::routes {

/// Both outlive the table.
void add_auth(route_table& table, sign_in_limits& limits, authenticator& identities);

}  // namespace pulse::http::routes
