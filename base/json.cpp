#include "base/json.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>

#include "base/clean_text.hpp"

namespace pulse::base::json {

namespace {

/// Names may be very long, so problems show only their beginning.
constexpr std::size_t max_name_bytes_in_path = 100;

/// `~` and `/` as RFC 6901 §3 writes them inside a path.
void append_escaped(std::string& path, std::string_view name) {
  for (const char c : name) {
    if (c == '~') {
      path += "~0";
    } else if (c == '/') {
      path += "~1";
    } else {
      path += c;
    }
  }
}

/// Takes a JSON string, quotes included, off the front of `rest`.
std::string_view take_string(std::string_view& rest) {
  std::size_t end = 1;
  while (rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
  const auto string = rest.substr(0, end + 1);
  rest.remove_prefix(string.size());
  return string;
}

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n\r"), rest.size()));
}

/// The number of names in valid JSON: of the strings that a colon follows.
std::size_t count_names(std::string_view text) {
  std::size_t count = 0;
  while (true) {
    const auto quote = text.find('"');
    if (quote == text.npos) return count;
    text.remove_prefix(quote);
    take_string(text);
    skip_blanks(text);
    if (text.starts_with(':')) ++count;
  }
}

/// The number of names that became members of `value`.
std::size_t count_members(const boost::json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& entry : *object) count += count_members(entry.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& entry : *array) count += count_members(entry);
  }
  return count;
}

/// Reports every name that stands twice in one object of the valid JSON at the front of `rest`, and takes that off.
void report_duplicates(std::string_view& rest, cursor& at) {
  skip_blanks(rest);
  const char opening = rest.front();
  if (opening == '"') {
    take_string(rest);
    return;
  }
  if (opening != '{' && opening != '[') {
    rest.remove_prefix(std::min(rest.find_first_of(",]} \t\n\r"), rest.size()));
    return;
  }
  rest.remove_prefix(1);
  std::set<std::string> names;
  for (std::size_t index = 0;; ++index) {
    skip_blanks(rest);
    if (rest.starts_with(',')) {
      rest.remove_prefix(1);
      skip_blanks(rest);
    }
    if (rest.front() == '}' || rest.front() == ']') {
      rest.remove_prefix(1);
      return;
    }
    std::string name = std::to_string(index);
    if (opening == '{') {
      name = boost::json::parse(take_string(rest)).as_string();
      skip_blanks(rest);
      rest.remove_prefix(1);  // the colon
    }
    const cursor::step below{at, name};
    if (opening == '{' && !names.insert(std::move(name)).second) at.report("is given twice");
    report_duplicates(rest, at);
  }
}

}  // namespace

void write_string(std::string& out, std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(value, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out.append(value, plain, value.size() - plain);
  out += '"';
}

void write_double(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";  // JSON has no other word for it (RFC 8259 §6)
    return;
  }
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

cursor::step::step(cursor& at, std::string_view name) : at_(at), size_(at.path_.size()) {
  at_.path_ += '/';
  if (name.size() <= max_name_bytes_in_path) {
    append_escaped(at_.path_, name);
  } else {
    append_escaped(at_.path_, clean_utf8(name, max_name_bytes_in_path));
    at_.path_ += "…";
  }
}

void cursor::report(std::string message) {
  if (problems_.size() < max_problems) problems_.push_back({path_, std::move(message)});
}

std::optional<boost::json::value> parse(std::string_view text, cursor& at) {
  boost::json::parse_options strict;
  strict.max_depth = max_depth;
  boost::json::error_code failure;
  auto value = boost::json::parse(text, failure, {}, strict);
  if (!failure) {
    // Boost.JSON keeps the last of two members of one name. Counting costs little; looking for them only happens then.
    if (count_names(text) == count_members(value)) return value;
    report_duplicates(text, at);
    return std::nullopt;
  }
  if (failure == boost::json::error::too_deep) {
    at.report(fmt::format("is nested deeper than {} levels", max_depth));
  } else {
    at.report("is not valid JSON: " + failure.message());
  }
  return std::nullopt;
}

void report_bounds(std::int64_t min, std::int64_t max, cursor& at) {
  at.report(fmt::format("must be from {} to {}", min, max));
}

void report_nul(const boost::json::value& value, cursor& at) {
  const auto check = [&at](std::string_view text, std::string_view what) {
    if (text.find('\0') != text.npos) at.report("must not " + std::string{what});
  };
  if (const auto* string = value.if_string()) {
    check(*string, "contain NUL");
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      const cursor::step below{at, std::to_string(i)};
      report_nul((*array)[i], at);
    }
  } else if (const auto* object = value.if_object()) {
    for (const auto& entry : *object) {
      const cursor::step below{at, entry.key()};
      check(entry.key(), "have NUL in its name");
      report_nul(entry.value(), at);
    }
  }
}

bool check_entries(std::size_t size, cursor& at) {
  if (size <= max_entries) return true;
  at.report(fmt::format("must have at most {} entries, has {}", max_entries, size));
  return false;
}

std::string_view kind_of(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: return "null";
    case boost::json::kind::bool_: return "a truth value";
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
    case boost::json::kind::double_: return "a number";
    case boost::json::kind::string: return "a string";
    case boost::json::kind::array: return "a list";
    case boost::json::kind::object: return "an object";
  }
  return "something else";
}

}  // namespace pulse::base::json
