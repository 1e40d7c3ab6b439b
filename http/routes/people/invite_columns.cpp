#include "http/routes/people/invite_columns.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/core.h>

namespace pulse::http::routes {

namespace {

/// The column that a heading's cell names.
std::size_t* find_column(invite_columns& of, const std::string& word) {
  if (word == "email" || word == "e-mail" || word == "address" || word == "mail") return &of.email;
  if (word == "role") return &of.role;
  if (word == "team") return &of.team;
  return nullptr;
}

/// As much of a heading's cell as a sentence takes.
std::string shorten(const std::string& word) {
  constexpr std::size_t bytes_max = 60;
  if (word.size() <= bytes_max) return word;
  auto end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return word.substr(0, end) + "…";
}

/// "email, role and team", in the order of the table.
std::string list_columns(const invite_columns& of) {
  std::vector<std::pair<std::size_t, std::string>> there{{of.email, "email"}, {of.role, "role"}, {of.team, "team"}};
  std::erase_if(there, [](const auto& each) { return each.first == invite_columns::nowhere; });
  std::sort(there.begin(), there.end());
  auto made = there.front().second;
  for (std::size_t i = 1; i < there.size(); ++i) made += (i + 1 < there.size() ? ", " : " and ") + there[i].second;
  return made;
}

}  // namespace

std::string to_lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::string text_of_cell(const table_row& row, std::size_t column) {
  if (column >= row.cells.size()) return {};
  const auto& text = row.cells[column];
  const auto first = text.find_first_not_of(" \t");
  return first == text.npos ? std::string{} : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

base::result<invite_columns, std::string> read_invite_columns(const table_row& first) {
  constexpr auto nowhere = invite_columns::nowhere;
  invite_columns headed{nowhere, nowhere, nowhere, true};
  std::string wrong;
  for (std::size_t i = 0; i < first.cells.size(); ++i) {
    const auto word = text_of_cell(first, i);
    auto* column = find_column(headed, to_lower(word));
    if (column != nullptr && *column == nowhere) {
      *column = i;
    } else if (!word.empty() && wrong.empty()) {
      wrong = fmt::format("Row {}, column {}: \"{}\" is {}", first.number, i + 1, shorten(word),
                          column != nullptr ? "there twice. There may be email, role and team, each once."
                                            : "no column of this table. There may be email, role and team.");
    }
  }
  // A first row without a column of addresses is a person's.
  if (headed.email == nowhere) return invite_columns{};
  if (!wrong.empty()) return {boost::system::in_place_error, std::move(wrong)};
  return headed;
}

std::optional<std::string> find_stray_cell(const table_row& row, const invite_columns& at) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (i == at.email || i == at.role || i == at.team || text_of_cell(row, i).empty()) continue;
    return fmt::format("has something in column {}, and the {} {}", i + 1,
                       list_columns(at).find(' ') == std::string::npos ? "only column is" : "columns are",
                       list_columns(at));
  }
  return std::nullopt;
}

}  // namespace pulse::http::routes
