// A statement with the values of its parameters and what its rows are read into: what a repository gives to whoever runs it.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "persistence/postgres/statement.hpp"
#include "persistence/postgres/transaction.hpp"

namespace pulse::persistence {

/// Made by a function of a repository, whose arguments have names and types; the statement and the order of its parameters stay behind it.
/// `Row` is a described struct. Runs here in a transaction, and by http/bridges/bound_queries in one of its own.
template <class Row, class... A>
struct bound_query {
  statement what;
  std::tuple<A...> values;

  /// Every row. Throws database_error.
  std::vector<Row> all(transaction& within) const { return run(within).template all<Row>(); }
  /// The first row, or nothing. Throws database_error.
  std::optional<Row> first(transaction& within) const { return run(within).template first<Row>(); }

 private:
  rows run(transaction& within) const {
    return std::apply([&](const A&... each) { return within.execute(what, each...); }, values);
  }
};

}  // namespace pulse::persistence
