// A statement with its parameters' values and the type of its rows: a repository returns it, and the caller runs it.
#pragma once

#include <optional>
#include <vector>

#include "persistence/postgres/page_bounds.hpp"
#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// Parameters that are written already are all that a statement is given.
template <>
inline void parameters::add(const parameters& written) {
  *this = written;
}

/// Made by a function of a repository, whose arguments have names and types; the statement and the order of its
/// parameters stay behind it. `Row` is a described struct. Runs here in a transaction, and by
/// http/bridges/bound_queries in one of its own.
template <class Row>
struct bound_query {
  statement what;
  parameters values;

  /// Throws database_error (bug) for a value that PostgreSQL cannot store.
  template <class... A>
  bound_query(const statement& of, const A&... given) : what(of) {
    values.assign(given...);
  }

  /// Every row. Throws database_error.
  std::vector<Row> all(transaction& within) const { return within.execute(what, values).template all<Row>(); }
  /// The first row, or nothing. Throws database_error.
  std::optional<Row> first(transaction& within) const { return within.execute(what, values).template first<Row>(); }
};

}  // namespace pulse::persistence
