// Imports many tracked pages at once from a table.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_page_import(route_table& table);

}  // namespace pulse::http::routes
