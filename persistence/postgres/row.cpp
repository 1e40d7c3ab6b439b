#include "persistence/postgres/row.hpp"

#include <charconv>

#include <fmt/core.h>
#include <libpq-fe.h>

namespace pulse::persistence {
namespace {

[[noreturn]] void refuse(std::string detail) { throw database_error{{failure_kind::bug, std::move(detail), ""}}; }

}  // namespace

void rows::release::operator()(pg_result* result) const { PQclear(result); }

int rows::count_rows() const { return PQntuples(result_.get()); }
int rows::count_columns() const { return PQnfields(result_.get()); }

std::size_t rows::affected() const {
  const std::string_view text = result_ ? PQcmdTuples(result_.get()) : "";
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

int rows::place_of(std::string_view name, int guess) const {
  const int width = count_columns();
  if (guess < width && name == PQfname(result_.get(), guess)) return guess;
  for (int column = 0; column < width; ++column) {
    if (name == PQfname(result_.get(), column)) return column;
  }
  refuse(fmt::format("the statement gives no column \"{}\"", name));
}

void rows::refuse_extra_columns(std::string_view type, std::size_t members) const {
  refuse(fmt::format("the statement gives {} columns, {} has {} members", count_columns(), type, members));
}

std::optional<detail::cell> rows::find_cell(std::size_t row, int column) const {
  if (row >= size() || column < 0 || column >= count_columns()) {
    refuse(fmt::format("there is no row {} with a column {}", row, column));
  }
  const int at = static_cast<int>(row);
  // libpq gives "" for NULL: ask only then.
  const auto length = static_cast<std::size_t>(PQgetlength(result_.get(), at, column));
  if (length == 0 && PQgetisnull(result_.get(), at, column) == 1) return std::nullopt;
  return detail::cell{binary_form::sql_type{PQftype(result_.get(), column)},
                      {PQgetvalue(result_.get(), at, column), length}};
}

void rows::refuse_cell(int column, bool is_null, std::string_view expected) const {
  refuse(fmt::format("the column \"{}\" ({}) {}cannot be read as {}", PQfname(result_.get(), column),
                     detail::name_of(binary_form::sql_type{PQftype(result_.get(), column)}),
                     is_null ? "is NULL and " : "", expected));
}

}  // namespace pulse::persistence
