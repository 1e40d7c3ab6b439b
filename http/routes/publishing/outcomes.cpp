#include "http/routes/publishing/outcomes.hpp"

#include "base/bounded_int.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "http/routes/publishing/project_lists.hpp"
#include "persistence/publishing/outcomes.hpp"

namespace pulse::http::routes {

namespace {

namespace asio = boost::asio;
namespace outcomes = persistence::outcomes;
using outcomes::delivery_outcome;

constexpr std::int64_t outcomes_by_default = 200;
constexpr std::chrono::days longest_back{7};

struct outcomes_query {
  std::optional<base::uuid> project_id;
  base::timestamp since;
  std::optional<base::bounded_int<1, 1000>> limit;
};
BOOST_DESCRIBE_STRUCT(outcomes_query, (), (project_id, since, limit))

asio::awaitable<reply<page<delivery_outcome>>> list_outcomes(request_context& context, in_query<outcomes_query> query) {
  if (query->since < context.services.clock.now() - longest_back) {
    co_return problems::invalid_fields(
        {{.pointer = {}, .parameter = "since", .detail = "must be within the last seven days"}});
  }
  const auto rows = query->limit ? query->limit->value : outcomes_by_default;
  auto found = co_await read_all_in(context, query->project_id, outcomes::list(query->project_id, query->since, rows));
  if (!found) co_return found.error();
  page<delivery_outcome> made;
  made.items = std::move(*found);
  co_return made;
}

}  // namespace

void add_outcomes(route_table& routes) {
  routes.add(server::verb::get, "/deliveries/outcomes", domain::permission::read_posts, &list_outcomes,
             "List the deliveries that ended since a time, newest first",
             {.problems = {404},
              .description =
                  "At most seven days back. `lateness_ms` is the time from due to the first byte at the platform, for "
                  "published ones. Deliveries that waited for more than a day are left out: see their posts."});
}

}  // namespace pulse::http::routes
