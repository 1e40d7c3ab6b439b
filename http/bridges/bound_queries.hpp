// Runs a repository's query for a handler: one statement in one round trip.
#pragma once

#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::http {

/// The bounds of a requested page, for a repository.
inline persistence::page_bounds bounds_of(const page_request& request) {
  const auto after = request.start();
  return {after.at, after.id, request.rows()};
}

/// All rows that `tenant_id` sees.
template <class Row>
boost::asio::awaitable<result<std::vector<Row>>> read_all_of(request_context& context,
                                                             std::optional<base::uuid> tenant_id,
                                                             persistence::bound_query<Row> query) {
  return read_all_of<Row>(context, tenant_id, query.what, std::move(query.values));
}

/// The first row, or nothing.
template <class Row>
boost::asio::awaitable<result<std::optional<Row>>> read_first_of(request_context& context,
                                                                 std::optional<base::uuid> tenant_id,
                                                                 persistence::bound_query<Row> query) {
  return read_first_of<Row>(context, tenant_id, query.what, std::move(query.values));
}

/// The same for the caller's tenant.
template <class Row>
boost::asio::awaitable<result<std::vector<Row>>> read_all(request_context& context,
                                                          persistence::bound_query<Row> query) {
  return read_all_of(context, context.principal.tenant_id, std::move(query));
}

template <class Row>
boost::asio::awaitable<result<std::optional<Row>>> read_first(request_context& context,
                                                              persistence::bound_query<Row> query) {
  return read_first_of(context, context.principal.tenant_id, std::move(query));
}

/// The first row; 404 with `kind` where there is none.
template <class Row>
boost::asio::awaitable<result<Row>> read_one(request_context& context, persistence::bound_query<Row> query,
                                             std::string_view kind) {
  auto found = co_await read_first(context, std::move(query));
  if (!found) co_return found.error();
  if (!*found) co_return problems::not_found(kind);
  co_return std::move(**found);
}

}  // namespace pulse::http
