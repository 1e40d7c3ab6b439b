// /automation/webhooks and /automation/company-webhooks: chats that notify a member, or the company, of waiting acts.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_chat_hooks(route_table& table);

}  // namespace pulse::http::routes
