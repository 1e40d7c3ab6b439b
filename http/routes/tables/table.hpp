// Reads uploaded tables as text, within limits: CSV and XLSX. Formulas are not calculated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pulse::http::routes {

/// Rows (including the heading) and columns that are read at most.
inline constexpr std::size_t most_table_rows = 10'001;
inline constexpr std::size_t most_table_columns = 50;
/// Bytes of one cell; the rest is cut.
inline constexpr std::size_t most_cell_bytes = 4'000;
/// Bytes of the whole file.
inline constexpr std::size_t most_table_bytes = 5 * 1024 * 1024;
/// Bytes of an unpacked part of an XLSX.
inline constexpr std::size_t most_unpacked_bytes = 32 * 1024 * 1024;
/// Parts of an XLSX.
inline constexpr int most_table_parts = 500;

/// A row with any text; `number` is its number in the file, from 1.
struct table_row {
  std::size_t number = 0;
  std::vector<std::string> cells;
};

/// The rows, or a sentence that says why the file cannot be read.
using read_rows_result = base::result<std::vector<table_row>, std::string>;

/// RFC 4180 with the most frequent separator of the first line (comma, semicolon, tab), without a byte order mark.
read_rows_result read_csv(std::string_view file);

/// The first sheet of an Excel workbook.
read_rows_result read_xlsx(const std::string& file);

}  // namespace pulse::http::routes
