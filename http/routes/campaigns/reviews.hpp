// /content/{id}/review-links: addresses for reviewers without an account; /review/{secret}: what they read and do there.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_reviews(route_table& routes);

}  // namespace pulse::http::routes
