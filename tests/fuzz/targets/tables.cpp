#include "base/csv.hpp"
#include "base/text.hpp"
#include "http/routes/tables/table.hpp"
#include "tests/fuzz/targets.hpp"

namespace pulse::fuzz {

namespace {

using namespace http::routes;

void check(const read_rows_result& read) {
  if (read.has_error()) return must(base::is_clean_utf8(read.error()), "a refusal is told in text");
  must(read->size() <= most_table_rows, "the number of rows has a limit");
  std::size_t before = 0;
  for (const auto& row : *read) {
    must(row.number > before, "rows are in the file's order");
    before = row.number;
    must(!row.cells.empty() && row.cells.size() <= most_table_columns, "the number of columns has a limit");
    for (const auto& cell : row.cells) {
      must(cell.size() <= most_cell_bytes, "a cell has a limit");
      must(base::is_clean_utf8(cell), "a cell is text");
    }
  }
}

/// What we write as a table reads as the same cells, and none is a formula.
void check_written(std::string_view input) {
  if (!base::is_clean_utf8(input) || input.size() > most_cell_bytes - 1) return;
  // What a file is separated by is told by what its first line has most of.
  if (input.find_first_of(";\t") != input.npos) return;
  std::string file;
  base::add_csv_value(file, "1");
  base::add_csv_text(file, input);
  base::add_csv_text(file, "end");
  base::end_csv_line(file);
  const auto read = read_csv(file);
  must(read.has_value() && read->size() == 1 && read->front().cells.size() == 3, "a line of a table stays one");
  const auto& cell = read->front().cells[1];
  must(cell == input || cell == "'" + std::string{input}, "a cell stays what it was");
  must(cell.empty() || std::string_view{"=+-@\t\r\n"}.find(cell.front()) == std::string_view::npos,
       "a spreadsheet runs no cell");
}

}  // namespace

void tables(std::string_view input) {
  check(read_csv(input));
  check_written(input);
}

void workbooks(std::string_view input) { check(read_xlsx(std::string{input})); }

}  // namespace pulse::fuzz
