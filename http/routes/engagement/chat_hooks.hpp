// /automation/webhooks and /automation/company-webhooks: chats in which a member, or the company, is told what waits.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_chat_hooks(route_table& table);

}  // namespace pulse::http::routes
