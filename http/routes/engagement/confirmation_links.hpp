// /confirmation-links: a member's decision by a link in a mail, without signing in.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_confirmation_links(route_table& table);

}  // namespace pulse::http::routes
