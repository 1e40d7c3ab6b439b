// /users/export, /org/export: a copy of what is kept of somebody, or of a whole company.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_archive(route_table& table);

}  // namespace pulse::http::routes
