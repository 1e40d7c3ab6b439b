// /org/sign-in-rules: how a company's people must sign in.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_sign_in_rules(route_table& table);

}  // namespace pulse::http::routes
