// /media: the pictures and films of a project.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_media_library(route_table& table);

}  // namespace pulse::http::routes
