// /media/files: the bytes of a picture or film, for whoever has a signed address: platforms that fetch, and pages that show it.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_media_files(route_table& table);

}  // namespace pulse::http::routes
