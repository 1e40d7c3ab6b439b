#include "http/routes/publishing/publications.hpp"

#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "http/routes/publishing/fields.hpp"
#include "persistence/publishing/projects.hpp"
#include "persistence/publishing/website_publications.hpp"

namespace pulse::http::routes {

namespace {

namespace publications = persistence::website_publications;
using publications::publication;

struct list_publications_query : page_request {
  std::optional<base::uuid> project_id;
};
BOOST_DESCRIBE_STRUCT(list_publications_query, (page_request), (project_id))

page_key key_of(const publication& row) { return {.at = row.published_at, .id = row.id}; }

boost::asio::awaitable<reply<page<publication>>> list_publications(call& of, in_query<list_publications_query> query) {
  const auto after = query->start();
  auto job = [project_id = query->project_id, after,
              rows = query->rows()](persistence::transaction& tx) -> outcome<std::vector<publication>> {
    auto found = tx.execute(publications::list, project_id, after.at, after.id, rows).all<publication>();
    if (found.empty() && project_id && !persistence::projects::exists(tx, *project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return found;
  };
  auto found = co_await in_transaction(of, job);
  if (!found) co_return std::move(found.error());
  co_return reply_page(of, make_page(std::move(*found), query.value, key_of));
}

}  // namespace

void add_publications(route_table& routes) {
  routes.add(server::verb::get, "/website/publications", domain::permission::read_posts, &list_publications,
             "List what the website channels have published, newest first", {.problems = {404}});
}

}  // namespace pulse::http::routes
