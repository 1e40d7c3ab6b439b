// POST /org/invites/import: invites the people of a table at once.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_invite_import(route_table& table);

}  // namespace pulse::http::routes
