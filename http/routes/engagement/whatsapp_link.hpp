// /webhooks/whatsapp-link: addresses of posts that people send to a WhatsApp group.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_whatsapp_link(route_table& table);

}  // namespace pulse::http::routes
