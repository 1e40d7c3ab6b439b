// /auth/passkeys: a member's passkeys, and signing in with one (WebAuthn level 2).
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_passkeys(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
