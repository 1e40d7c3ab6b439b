// Reads what a repository's query finds, for a handler: one statement in one round trip.
#pragma once

#include <tuple>

#include "http/bridges/database_bridge.hpp"
#include "persistence/postgres/bound_query.hpp"

namespace pulse::http {

/// Every row, as `tenant_id` sees it.
template <class Row, class... A>
boost::asio::awaitable<outcome<std::vector<Row>>> read_all_of(call& of, std::optional<base::uuid> tenant_id,
                                                              persistence::bound_query<Row, A...> query) {
  return std::apply(
      [&](A&... values) { return read_all_of<Row, A...>(of, tenant_id, query.what, std::move(values)...); },
      query.values);
}

/// The first row, or nothing.
template <class Row, class... A>
boost::asio::awaitable<outcome<std::optional<Row>>> read_first_of(call& of, std::optional<base::uuid> tenant_id,
                                                                  persistence::bound_query<Row, A...> query) {
  return std::apply(
      [&](A&... values) { return read_first_of<Row, A...>(of, tenant_id, query.what, std::move(values)...); },
      query.values);
}

/// The same, as the tenant of whoever calls sees it.
template <class Row, class... A>
boost::asio::awaitable<outcome<std::vector<Row>>> read_all(call& of, persistence::bound_query<Row, A...> query) {
  return read_all_of(of, of.who.tenant_id, std::move(query));
}

template <class Row, class... A>
boost::asio::awaitable<outcome<std::optional<Row>>> read_first(call& of, persistence::bound_query<Row, A...> query) {
  return read_first_of(of, of.who.tenant_id, std::move(query));
}

}  // namespace pulse::http
