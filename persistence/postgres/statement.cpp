#include "persistence/postgres/statement.hpp"

#include "persistence/postgres/failure.hpp"

namespace pulse::persistence {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] - 'A' + 'a') : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

/// The first word of the SQL after white space and `--` comments.
std::string_view first_word(std::string_view sql) {
  for (;;) {
    const auto start = sql.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return {};
    sql.remove_prefix(start);
    if (!sql.starts_with("--")) break;
    const auto end = sql.find('\n');
    if (end == std::string_view::npos) return {};
    sql.remove_prefix(end);
  }
  return sql.substr(0, sql.find_first_of(" \t\r\n(*;'\""));
}

constexpr char hex_digits[] = "0123456789abcdef";

}  // namespace

bool only_reads(const statement& sql) {
  const auto word = first_word(sql.sql);
  for (const std::string_view reading : {"select", "values", "table", "show"}) {
    if (equal_ignoring_case(word, reading)) return true;
  }
  return false;
}

namespace detail {

void write_uuid(std::string& out, const base::uuid& value) {
  char text[36];
  char* to = text;
  for (std::size_t i = 0; i < value.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *to++ = '-';
    *to++ = hex_digits[value.bytes[i] >> 4];
    *to++ = hex_digits[value.bytes[i] & 15];
  }
  out.append(text, sizeof text);
}

void write_bytes(std::string& out, std::string_view value) {
  out += "\\x";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 15];
  }
}

void write_text(std::string& out, std::string_view value) {
  if (value.find('\0') != std::string_view::npos) {
    throw database_error{{failure_kind::bug, "a text parameter holds NUL, which must be refused where it enters", ""}};
  }
  out += value;
}

void write_quoted(std::string& out, std::string_view value) {
  out += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace detail
}  // namespace pulse::persistence
