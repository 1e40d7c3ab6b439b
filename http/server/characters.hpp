// Which bytes may stand where in an HTTP message (RFC 9110 §5, RFC 9112 §3, RFC 3986 §3), as tables made at compile
// time.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pulse::http::server {

using byte_table = std::array<bool, 256>;

template <class Predicate>
constexpr byte_table make_byte_table(Predicate belongs) {
  byte_table table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = belongs(static_cast<unsigned char>(byte));
  return table;
}

constexpr bool contains(const byte_table& table, char c) { return table[static_cast<unsigned char>(c)]; }

constexpr bool consists_of(const byte_table& table, std::string_view text) {
  for (const char c : text) {
    if (!contains(table, c)) return false;
  }
  return true;
}

constexpr bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// RFC 9110 §5.6.2: what methods and field names are made of.
inline constexpr byte_table token_bytes = make_byte_table([](unsigned char c) {
  return is_digit(c) || is_letter(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
});

/// Field values: visible characters, space, tab, and bytes above ASCII (those are checked as UTF-8 afterwards).
inline constexpr byte_table value_bytes =
    make_byte_table([](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });

/// The path of a target. Stricter than browsers need: a backslash, which some file systems take for a slash, and quotes
/// and angle brackets, which no client leaves unescaped, do not pass.
inline constexpr byte_table path_bytes = make_byte_table([](unsigned char c) {
  return c > 0x20 && c < 0x7f && std::string_view("\"#<>\\?").find(static_cast<char>(c)) == std::string_view::npos;
});

/// The query of a target: what the URL standard leaves unescaped there, so that browsers are understood.
inline constexpr byte_table query_bytes =
    make_byte_table([](unsigned char c) { return c > 0x20 && c < 0x7f && c != '#'; });

inline constexpr byte_table host_name_bytes =
    make_byte_table([](unsigned char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_'; });

inline constexpr byte_table ipv6_bytes = make_byte_table([](unsigned char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
});

inline constexpr byte_table digit_bytes = make_byte_table(is_digit);

inline constexpr byte_table request_id_bytes =
    make_byte_table([](unsigned char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '_' || c == '-'; });

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Whether `text` is `lower` (lower case already) but for the case of ASCII letters.
constexpr bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// Without spaces and tabs at both ends (RFC 9110 §5.6.3).
constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes the next element off the front of a comma-separated list (RFC 9110 §5.6.1), trimmed; may be empty.
constexpr std::string_view take_list_element(std::string_view& list, char separator = ',') {
  const auto end = list.find(separator);
  const auto element = list.substr(0, end);
  list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
  return trimmed(element);
}

/// ISO 8859-1 as UTF-8; the control characters of its upper half, which nobody means, become '?'.
inline std::string from_latin_1(std::string_view text) {
  std::string made;
  made.reserve(text.size() * 2);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      made += c;
    } else if (byte < 0xa0) {
      made += '?';
    } else {
      made += static_cast<char>(0xc0 | byte >> 6);
      made += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return made;
}

}  // namespace pulse::http::server
