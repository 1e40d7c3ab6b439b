#include "http/routes/publishing/outcomes.hpp"

#include "base/bounded_int.hpp"
#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
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

asio::awaitable<reply<page<delivery_outcome>>> list_outcomes(call& of, in_query<outcomes_query> query) {
  if (query->since < of.with.clock.now() - longest_back) {
    co_return problems::invalid_fields(
        {{.pointer = {}, .parameter = "since", .detail = "must be within the last seven days"}});
  }
  const auto rows = query->limit ? query->limit->value : outcomes_by_default;
  auto job = [asked = query.value, rows](persistence::transaction& tx) -> outcome<page<delivery_outcome>> {
    page<delivery_outcome> made;
    made.items = tx.execute(outcomes::list, asked.project_id, asked.since, rows).all<delivery_outcome>();
    if (made.items.empty() && asked.project_id && !persistence::projects::exists(tx, *asked.project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return made;
  };
  auto found = co_await in_transaction(of, job);
  if (!found) co_return std::move(found.error());
  co_return std::move(*found);
}

}  // namespace

void add_outcomes(route_table& routes) {
  routes.add(server::verb::get, "/deliveries/outcomes", domain::permission::read_posts, &list_outcomes,
             "List what is over since a time, newest first",
             {.problems = {404},
              .description =
                  "At most seven days back. `lateness_ms` is from the due time to the first byte at the platform, of "
                  "what was published. What had waited for more than a day is left out: its post tells of it."});
}

}  // namespace pulse::http::routes
