// Comma-separated values (RFC 4180) that a spreadsheet opens as text and numbers, never as formulas.
#pragma once

#include <string>
#include <string_view>

namespace pulse::base {

/// Appends one cell of a line. Quoted where it must be; text that a spreadsheet would run as a formula (=, +, -, @, a
/// tab or a line break in front, their full-width forms too) gets an apostrophe before it, which says "this is text".
void add_csv_text(std::string& line, std::string_view text);

/// Appends a number or an id of our own, unchanged.
void add_csv_value(std::string& line, std::string_view value);

/// Ends the line.
void end_csv_line(std::string& line);

}  // namespace pulse::base
