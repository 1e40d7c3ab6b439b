// Where pictures and films are kept, and how much room is left: for a company's owners, and for the operator.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_media_storage(route_table& table);

}  // namespace pulse::http::routes
