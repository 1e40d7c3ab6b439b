// /provider-apps: a company's own apps at providers, instead of the installation's.
#pragma once

#include "http/api/route_table.hpp"

namespace pulse::http::routes {

void add_provider_apps(route_table& table);

}  // namespace pulse::http::routes
