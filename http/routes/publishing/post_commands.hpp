// Commands on a post: schedule, publish now, cancel, delete. Each is one guarded step in the database, and then a word to the
// engine; the answer says what the step did, whoever won a race.
#pragma once

#include <string_view>

#include "http/api/problem.hpp"
#include "http/api/route_table.hpp"
#include "persistence/publishing/posts.hpp"

namespace pulse::http::routes {

void add_post_commands(route_table& routes);

/// 409: why a post as it is cannot be `done` ("edited", "cancelled").
problem cannot(const persistence::posts::post& of, std::string_view done);

}  // namespace pulse::http::routes
