// Tables that people hand in: CSV and XLSX, read as text, within bounds. A formula is its text and nothing is worked out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pulse::http::routes {

/// Rows, the heading among them, and columns that are read.
inline constexpr std::size_t most_table_rows = 10'001;
inline constexpr std::size_t most_table_columns = 50;
/// Characters of one cell; further ones are cut.
inline constexpr std::size_t most_cell_bytes = 4'000;
/// Bytes of the file itself.
inline constexpr std::size_t most_table_bytes = 5 * 1024 * 1024;
/// Bytes of any part of an XLSX when it is unpacked.
inline constexpr std::size_t most_unpacked_bytes = 32 * 1024 * 1024;
/// Parts of an XLSX.
inline constexpr int most_table_parts = 500;

/// A row that has any text; `number` is the file's own, from 1.
struct table_row {
  std::size_t number = 0;
  std::vector<std::string> cells;
};

/// The rows, or why the file cannot be read, as a sentence.
using read_rows_result = base::result<std::vector<table_row>, std::string>;

/// RFC 4180, with commas, semicolons or tabs, whichever the first line has most of; a mark of byte order is left out.
read_rows_result read_csv(std::string_view file);

/// The first sheet of an Excel workbook.
read_rows_result read_xlsx(const std::string& file);

}  // namespace pulse::http::routes
