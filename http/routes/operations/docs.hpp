// The API's documentation: /openapi.json, and two viewers of it, /docs and /redoc, that work without the internet.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/operations/docs_assets.hpp"

namespace pulse::http::routes {

/// `docs` outlives the table.
void add_docs(route_table& table, const docs_assets& docs);

}  // namespace pulse::http::routes
