// /media/files: the bytes of a picture or film at a signed address, for platforms that fetch and pages that show it.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_media_files(route_table& table);

}  // namespace pulse::http::routes
