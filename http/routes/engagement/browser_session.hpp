// /integrations/linkedin/session-*, login-*, browser: a member's session at LinkedIn in a browser, where operator and member both want it.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_browser_session(route_table& routes);

}  // namespace pulse::http::routes
