// /channels/{id}/webhook: sends a website channel's posts to a site of the company's own.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_site_hooks(route_table& table);

}  // namespace pulse::http::routes
