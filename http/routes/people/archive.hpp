// /users/export, /org/export: a copy of the stored data of a person, or of a whole company.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_archive(route_table& table);

}  // namespace pulse::http::routes
