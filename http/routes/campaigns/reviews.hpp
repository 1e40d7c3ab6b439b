// /content/{id}/review-links: links for reviewers without an account; /review/{secret}: what such a link opens.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_reviews(route_table& routes);

}  // namespace pulse::http::routes
