// Lists that may be narrowed to one project.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "http/bridges/bound_queries.hpp"
#include "http/routes/publishing/fields.hpp"

namespace pulse::http::routes {

/// All rows that the caller may see; 404 where there is none and the query's project does not exist.
template <class Row>
boost::asio::awaitable<result<std::vector<Row>>> read_all_in(request_context& context,
                                                             std::optional<base::uuid> project_id,
                                                             persistence::bound_query<Row> query) {
  auto job = [project_id, query = std::move(query)](persistence::transaction& tx) -> result<std::vector<Row>> {
    auto found = query.all(tx);
    if (found.empty() && project_id && !persistence::projects::exists(tx, *project_id)) {
      return no_such_project({.pointer = {}, .parameter = "project_id", .detail = "is no project here"});
    }
    return found;
  };
  return in_transaction(context, std::move(job));
}

}  // namespace pulse::http::routes
