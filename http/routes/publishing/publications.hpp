// /website/publications: the publications of the company's website channels.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_publications(route_table& routes);

}  // namespace pulse::http::routes
