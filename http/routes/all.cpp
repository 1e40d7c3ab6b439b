#include "http/routes/all.hpp"

#include "http/routes/auth.hpp"
#include "http/routes/channels.hpp"
#include "http/routes/connectors.hpp"
#include "http/routes/deliveries.hpp"
#include "http/routes/docs.hpp"
#include "http/routes/explain.hpp"
#include "http/routes/pauses.hpp"
#include "http/routes/posts.hpp"
#include "http/routes/projects.hpp"
#include "http/routes/publications.hpp"
#include "http/routes/rate_limits.hpp"
#include "http/routes/retry_policies.hpp"
#include "http/routes/simulate.hpp"
#include "http/routes/site.hpp"
#include "http/routes/system.hpp"

namespace pulse::http::routes {

void add_all(route_table& table, const foundations& on) {
  add_system(table);
  add_docs(table, on.docs);
  add_auth(table, on.limits, on.identities);
  add_projects(table);
  add_channels(table);
  add_connectors(table);
  add_posts(table);
  add_deliveries(table);
  add_pauses(table);
  add_retry_policies(table);
  add_rate_limits(table);
  add_explain(table);
  add_simulate(table);
  add_publications(table);
  add_site(table);
}

}  // namespace pulse::http::routes
