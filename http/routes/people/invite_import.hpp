// POST /org/invites/import: a table of people, invited at once.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_invite_import(route_table& table);

}  // namespace pulse::http::routes
