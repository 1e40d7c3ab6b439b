// /channels: a project's connections to platform accounts.
#pragma once

#include "http/route_table.hpp"

namespace pulse::http::routes {

void add_channels(route_table& routes);

}  // namespace pulse::http::routes
