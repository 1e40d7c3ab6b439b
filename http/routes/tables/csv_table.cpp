#include <algorithm>

#include <fmt/core.h>

#include "base/clean_text.hpp"
#include "base/text.hpp"
#include "http/routes/tables/table.hpp"

namespace pulse::http::routes {

namespace {

char separator_of(std::string_view file) {
  const auto line = file.substr(0, file.find_first_of("\r\n"));
  char best = ',';
  for (const char each : {';', '\t'}) {
    if (std::count(line.begin(), line.end(), each) > std::count(line.begin(), line.end(), best)) best = each;
  }
  return best;
}

/// One pass over the file, cell by cell.
class csv_reading {
 public:
  explicit csv_reading(std::string_view file) : rest_(file), separator_(separator_of(file)) {}

  read_rows_result read() {
    while (at_ < rest_.size()) {
      if (number_ >= most_table_rows) return std::string{"The table has more than 10,000 rows."};
      if (auto why = read_line(); !why.empty()) return why;
    }
    return std::move(rows_);
  }

 private:
  std::string read_line() {
    table_row row{++number_, {}};
    bool is_over = false;
    while (!is_over) {
      std::string cell;
      if (at_ < rest_.size() && rest_[at_] == '"') {
        if (!read_quoted(cell)) return fmt::format("A quotation mark in row {} is never closed.", number_);
      }
      while (at_ < rest_.size() && rest_[at_] != separator_ && rest_[at_] != '\n' && rest_[at_] != '\r')
        cell += rest_[at_++];
      if (cell.size() > most_cell_bytes) cell = base::clean_utf8(cell, most_cell_bytes);
      if (row.cells.size() < most_table_columns) row.cells.push_back(std::move(cell));
      is_over = at_ >= rest_.size() || rest_[at_] != separator_;
      if (!is_over) ++at_;
    }
    if (at_ < rest_.size() && rest_[at_] == '\r') ++at_;
    if (at_ < rest_.size() && rest_[at_] == '\n') ++at_;
    if (std::any_of(row.cells.begin(), row.cells.end(), [](const auto& each) { return !each.empty(); }))
      rows_.push_back(std::move(row));
    return {};
  }

  bool read_quoted(std::string& cell) {
    for (++at_; at_ < rest_.size(); ++at_) {
      if (rest_[at_] != '"') {
        cell += rest_[at_];
      } else if (at_ + 1 < rest_.size() && rest_[at_ + 1] == '"') {
        cell += '"';
        ++at_;
      } else {
        ++at_;
        return true;
      }
    }
    return false;
  }

  std::string_view rest_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
  std::vector<table_row> rows_;
};

}  // namespace

read_rows_result read_csv(std::string_view file) {
  if (file.size() > most_table_bytes) return std::string{"The file is larger than 5 MiB."};
  if (file.starts_with("\xef\xbb\xbf")) file.remove_prefix(3);
  if (!base::is_clean_utf8(file)) return std::string{"The file is not UTF-8 text. Save it as CSV UTF-8."};
  return csv_reading{file}.read();
}

}  // namespace pulse::http::routes
