// /integrations/linkedin/session-*, login-*, browser: a member's LinkedIn session in a browser.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_browser_session(route_table& routes);

}  // namespace pulse::http::routes
