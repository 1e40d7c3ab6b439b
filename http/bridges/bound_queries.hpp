// Reads what a repository's query finds, for a handler: one statement in one round trip.
#pragma once

#include "http/api/pagination.hpp"
#include "http/bridges/database_bridge.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::http {

/// What a list is asked for, for a repository.
inline persistence::page_bounds bounds_of(const page_request& asked) {
  const auto after = asked.start();
  return {after.at, after.id, asked.rows()};
}

/// Every row, as `tenant_id` sees it.
template <class Row>
boost::asio::awaitable<outcome<std::vector<Row>>> read_all_of(call& of, std::optional<base::uuid> tenant_id,
                                                              persistence::bound_query<Row> query) {
  return read_all_of<Row>(of, tenant_id, query.what, std::move(query.values));
}

/// The first row, or nothing.
template <class Row>
boost::asio::awaitable<outcome<std::optional<Row>>> read_first_of(call& of, std::optional<base::uuid> tenant_id,
                                                                  persistence::bound_query<Row> query) {
  return read_first_of<Row>(of, tenant_id, query.what, std::move(query.values));
}

/// The same, as the tenant of whoever calls sees it.
template <class Row>
boost::asio::awaitable<outcome<std::vector<Row>>> read_all(call& of, persistence::bound_query<Row> query) {
  return read_all_of(of, of.who.tenant_id, std::move(query));
}

template <class Row>
boost::asio::awaitable<outcome<std::optional<Row>>> read_first(call& of, persistence::bound_query<Row> query) {
  return read_first_of(of, of.who.tenant_id, std::move(query));
}

/// The first row; 404 where there is none: no such `kind`.
template <class Row>
boost::asio::awaitable<outcome<Row>> read_one(call& of, persistence::bound_query<Row> query, std::string_view kind) {
  auto found = co_await read_first(of, std::move(query));
  if (!found) co_return std::move(found.error());
  if (!*found) co_return problems::not_found(kind);
  co_return std::move(**found);
}

}  // namespace pulse::http
