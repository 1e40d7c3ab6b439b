// The database's plan for a repository's query.
#pragma once

#include <deque>
#include <string>

#include "persistence/postgres/bound_query.hpp"

namespace pulse::tests {

/// The lines of EXPLAIN for the query with its values.
template <class Row>
std::string plan_of(persistence::transaction& tx, const persistence::bound_query<Row>& query) {
  static std::deque<std::string> texts;  // a statement's name and text outlive its use
  const auto& name = texts.emplace_back("explain_" + std::string{query.what.name});
  const auto& sql = texts.emplace_back("EXPLAIN " + std::string{query.what.sql});
  const persistence::rows lines = tx.execute(persistence::statement{name, sql}, query.values);
  std::string plan;
  for (std::size_t row = 0; row < lines.size(); ++row) plan += lines.get<std::string>(row, 0) + "\n";
  return plan;
}

}  // namespace pulse::tests
