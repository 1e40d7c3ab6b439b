#include "persistence/postgres/row.hpp"

#include <cstring>

#include <fmt/core.h>
#include <libpq-fe.h>

#include "persistence/postgres/binary_form.hpp"

namespace pulse::persistence {
namespace {

[[noreturn]] void refuse(std::string detail) { throw database_error{{failure_kind::bug, std::move(detail), ""}}; }

/// Exactly `count` digits at `at`; nothing otherwise. Moves `at` behind them.
std::optional<int> digits(std::string_view text, std::size_t& at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const auto end = at + count; at < end; ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool skip(std::string_view text, std::size_t& at, char expected) {
  if (at >= text.size() || text[at] != expected) return false;
  ++at;
  return true;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// One item of an array, from `at` to the comma or brace behind it; false when it is malformed.
bool read_item(std::string_view cell, std::size_t& at, std::optional<std::string>& item) {
  std::string text;
  if (!skip(cell, at, '"')) {
    while (at < cell.size() && cell[at] != ',' && cell[at] != '}') {
      if (cell[at] == '{' || cell[at] == '"') return false;
      if (cell[at] == '\\' && ++at == cell.size()) return false;
      text += cell[at++];
    }
    if (text.empty()) return false;
    if (text != "NULL") item = std::move(text);
    return true;
  }
  while (at < cell.size() && cell[at] != '"') {
    if (cell[at] == '\\' && ++at == cell.size()) return false;
    text += cell[at++];
  }
  item = std::move(text);
  return skip(cell, at, '"');
}

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

bool rows::is_binary() const { return PQbinaryTuples(result_.get()) == 1; }

detail::binary_type rows::type_of(int column) const {
  return detail::binary_type{static_cast<unsigned>(PQftype(result_.get(), column))};
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

std::optional<std::string_view> rows::cell(std::size_t row, int column) const {
  if (row >= size() || column < 0 || column >= count_columns()) {
    refuse(fmt::format("there is no row {} with a column {}", row, column));
  }
  const int at = static_cast<int>(row);
  const char* value = PQgetvalue(result_.get(), at, column);
  const auto length = static_cast<std::size_t>(PQgetlength(result_.get(), at, column));
  // libpq gives "" for NULL: ask only then.
  if (length == 0 && PQgetisnull(result_.get(), at, column) == 1) return std::nullopt;
  return std::string_view{value, length};
}

void rows::refuse_cell(int column, std::string_view expected) const {
  refuse(fmt::format("the column \"{}\" holds no {}", PQfname(result_.get(), column), expected));
}

namespace detail {

std::optional<base::timestamp> read_timestamp(std::string_view cell) {
  std::size_t at = 0;
  const auto year = digits(cell, at, 4);
  if (!year || !skip(cell, at, '-')) return std::nullopt;
  const auto month = digits(cell, at, 2);
  if (!month || !skip(cell, at, '-')) return std::nullopt;
  const auto day = digits(cell, at, 2);
  if (!day || !skip(cell, at, ' ')) return std::nullopt;
  const auto hour = digits(cell, at, 2);
  if (!hour || !skip(cell, at, ':')) return std::nullopt;
  const auto minute = digits(cell, at, 2);
  if (!minute || !skip(cell, at, ':')) return std::nullopt;
  const auto second = digits(cell, at, 2);
  if (!second) return std::nullopt;
  int micros = 0;
  if (skip(cell, at, '.')) {
    int scale = 100000;
    for (; at < cell.size() && cell[at] >= '0' && cell[at] <= '9'; ++at, scale /= 10)
      micros += (cell[at] - '0') * scale;
  }
  if (cell.substr(at) != "+00") return std::nullopt;  // the connection's time zone is UTC
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return base::timestamp{std::chrono::sys_days{date}} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} + std::chrono::microseconds{micros};
}

std::optional<std::int64_t> read_binary_integer(binary_type type, std::string_view cell) {
  // Any other type came from SQL that names it: a bug, which the caller reports.
  if (type == binary_type::bigint) return static_cast<std::int64_t>(binary_form::read<std::uint64_t>(cell));
  if (type == binary_type::integer) return static_cast<std::int32_t>(binary_form::read<std::uint32_t>(cell));
  if (type == binary_type::smallint) return static_cast<std::int16_t>(binary_form::read<std::uint16_t>(cell));
  return std::nullopt;
}

std::optional<base::timestamp> read_binary_timestamp(binary_type type, std::string_view cell) {
  if (type != binary_type::timestamptz) return std::nullopt;
  const auto since = static_cast<std::int64_t>(binary_form::read<std::uint64_t>(cell));
  return binary_form::epoch + std::chrono::microseconds{since};
}

std::optional<base::uuid> read_binary_uuid(binary_type type, std::string_view cell) {
  base::uuid value;
  if (type != binary_type::uuid || cell.size() != value.bytes.size()) return std::nullopt;
  std::memcpy(value.bytes.data(), cell.data(), cell.size());
  return value;
}

std::optional<std::string_view> read_binary_text(binary_type type, std::string_view cell) {
  if (type == binary_type::text || type == binary_type::json) return cell;
  if (type == binary_type::jsonb && cell.starts_with(binary_form::jsonb_version)) return cell.substr(1);
  return std::nullopt;
}

std::optional<std::string> read_bytes(std::string_view cell) {
  if (!cell.starts_with("\\x") || cell.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(cell.size() / 2);
  for (std::size_t at = 2; at < cell.size(); at += 2) {
    const int high = hex_value(cell[at]);
    const int low = hex_value(cell[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::optional<std::vector<std::optional<std::string>>> read_array(std::string_view cell) {
  std::vector<std::optional<std::string>> items;
  if (cell == "{}") return items;
  std::size_t at = 0;
  if (!skip(cell, at, '{')) return std::nullopt;
  do {
    if (!read_item(cell, at, items.emplace_back())) return std::nullopt;
  } while (skip(cell, at, ','));
  if (!skip(cell, at, '}') || at != cell.size()) return std::nullopt;
  return items;
}

}  // namespace detail
}  // namespace pulse::persistence
