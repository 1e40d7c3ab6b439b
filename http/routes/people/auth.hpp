// /signup and /auth: signing up, signing in, staying signed in, and who one is.
#pragma once

#include "http/api/route_table.hpp"
#include "http/auth/authenticator.hpp"
#include "http/auth/browser_sessions.hpp"
#include "http/auth/sign_in_limits.hpp"

namespace pulse::http::routes {

/// What signing in needs beside `services`; all of it outlives the table.
struct sign_in_services {
  sign_in_limits& limits;
  authenticator& identities;
  const browser_sessions& browsers;
};

void add_auth(route_table& table, const sign_in_services& with);

}  // namespace pulse::http::routes
