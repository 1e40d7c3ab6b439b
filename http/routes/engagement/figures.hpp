// /engagements/analytics and /engagements/leaderboard: figures of likes and comments.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_engagement_figures(route_table& table);

}  // namespace pulse::http::routes
