// What a refusal of authority is to a client.
#pragma once

#include "domain/people/authority.hpp"
#include "http/api/problem.hpp"

namespace pulse::http::routes {

/// 403, or 409 for what could be in order if something else were.
problem to_problem(domain::refusal_of_authority why);

}  // namespace pulse::http::routes
