// /review/{secret}: one item, for holders of a review link, and nothing else of the company.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_review_page(route_table& routes);

}  // namespace pulse::http::routes
