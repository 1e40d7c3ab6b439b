// DELETE /org: an owner deletes their company.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/people/sign_in.hpp"

namespace pulse::http::routes {

void add_company_deletion(route_table& table, const sign_in_services& services);

}  // namespace pulse::http::routes
