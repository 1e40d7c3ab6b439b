#include "base/csv.hpp"

#include <algorithm>
#include <array>

namespace pulse::base {

namespace {

constexpr std::array<std::string_view, 11> formula_starts{
    "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

bool starts_formula(std::string_view text) {
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [text](std::string_view start) { return text.starts_with(start); });
}

/// A comma between two cells: before any but the first of the line.
void separate(std::string& line) {
  if (!line.empty() && line.back() != '\n') line += ',';
}

void add_quoted(std::string& line, std::string_view text) {
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

void add_csv_text(std::string& line, std::string_view text) {
  separate(line);
  const bool is_formula = starts_formula(text);
  // An empty first cell is quoted, so that the line is not empty and the next cell knows that it is not the first.
  const bool needs_quotes =
      is_formula || text.empty() || text.find_first_of("\",\r\n;\t") != std::string_view::npos || text.front() == ' ';
  if (!needs_quotes) {
    line += text;
    return;
  }
  add_quoted(line, is_formula ? "'" + std::string{text} : std::string{text});
}

void add_csv_value(std::string& line, std::string_view value) {
  separate(line);
  line += value.empty() ? std::string_view{"\"\""} : value;
}

void end_csv_line(std::string& line) { line += "\r\n"; }

}  // namespace pulse::base
