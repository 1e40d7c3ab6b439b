// Following a tracked page.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_page_subscriptions(route_table& table);

}  // namespace pulse::http::routes
