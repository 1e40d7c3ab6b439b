// POST /media and /media/uploads: uploads of pictures and films, in one piece or in parts by the tus protocol.
#pragma once

#include "http/api/route_table.hpp"
#include "http/media_desk.hpp"

namespace pulse::http::routes {

/// `desk` may be null: uploads are then answered 503.
void add_media_uploads(route_table& table, const media_desk* desk);

}  // namespace pulse::http::routes
