// /webhooks/whatsapp-link: a post's address that somebody sent to a group.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_whatsapp_link(route_table& table);

}  // namespace pulse::http::routes
