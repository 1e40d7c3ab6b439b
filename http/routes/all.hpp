// Every route of the API: one line for each resource.
#pragma once

#include "http/api/route_table.hpp"
#include "http/routes/operations/docs_assets.hpp"
#include "http/routes/people/sign_in.hpp"
#include "http/routes/site/site_cache.hpp"

namespace pulse::http {
class media_desk;
}  // namespace pulse::http

namespace pulse::http::routes {

/// Services of the server itself that some routes need; outlives the table.
struct foundations {
  docs_assets& docs;
  sign_in_services signing_in;
  site_cache& sites;
  const media_desk* media = nullptr;  // null: media uploads are off
};

void add_all(route_table& table, const foundations& on);

}  // namespace pulse::http::routes
