// /org/members/{id}/second-factor: an owner or admin helps a member who has lost their second factor.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_factor_reset(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
