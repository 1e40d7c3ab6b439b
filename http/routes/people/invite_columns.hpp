// The columns of a table of invitations: which there may be, and what stands in none of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "http/routes/tables/table.hpp"

namespace pulse::http::routes {

/// Where a table has what. Without a heading: address, role, team.
struct invite_columns {
  static constexpr std::size_t nowhere = most_table_columns;

  std::size_t email = 0;
  std::size_t role = 1;
  std::size_t team = 2;
  bool has_heading = false;
};

/// From the table's first row, which is a heading where it names a column of addresses. Fails with a sentence for
/// whoever made the table, where the heading names a column that is not known or is there twice.
base::result<invite_columns, std::string> read_invite_columns(const table_row& first);

/// The end of a sentence about a row with something in none of the columns; none: it has nothing there.
std::optional<std::string> find_stray_cell(const table_row& row, const invite_columns& at);

/// The text of a cell without spaces around it; empty where the row is shorter.
std::string text_of_cell(const table_row& row, std::size_t column);

/// A to Z as a to z.
std::string to_lower(std::string text);

}  // namespace pulse::http::routes
