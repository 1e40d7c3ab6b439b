// Commands on a post: schedule, publish now, cancel, delete. Each is one guarded step in the database, followed by a
// notification of the engine. The answer reports that step, whichever of two concurrent commands won.
#pragma once

#include <string_view>

#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

void add_post_commands(route_table& routes);

/// 409: why a post in this state cannot be `done` ("edited", "cancelled").
problem cannot(const persistence::posts::post& of, std::string_view done);

}  // namespace pulse::http::routes
