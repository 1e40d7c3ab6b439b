// Every route of the API, a line a resource.
#pragma once

#include "http/api/route_table.hpp"
#include "http/auth/authenticator.hpp"
#include "http/auth/sign_in_limits.hpp"
#include "http/routes/operations/docs_assets.hpp"

namespace pulse::http::routes {

/// What some routes need of the front door itself; outlives the table.
struct foundations {
  docs_assets& docs;
  sign_in_limits& limits;
  authenticator& identities;
  site_cache& sites;
};

void add_all(route_table& table, const foundations& on);

}  // namespace pulse::http::routes
