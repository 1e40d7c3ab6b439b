// Turns a refusal of authority into an HTTP problem.
#pragma once

#include "domain/people/authority.hpp"
#include "http/api/problem.hpp"

namespace pulse::http::routes {

/// 403, or 409 for a refusal that another change could lift.
problem to_problem(domain::refusal_of_authority why);

}  // namespace pulse::http::routes
