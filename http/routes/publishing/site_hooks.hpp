// /channels/{id}/webhook: a site of the company's own that is told what the website channel publishes.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_site_hooks(route_table& table);

}  // namespace pulse::http::routes
