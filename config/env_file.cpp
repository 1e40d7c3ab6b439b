#include "config/env_file.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/core.h>

#include "base/text.hpp"

namespace pulse::config {

namespace {

constexpr std::string_view blanks = " \t";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

void skip_blanks(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size())); }

bool is_name_character(char c, bool first) {
  return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (!first && c >= '0' && c <= '9');
}

std::string_view take_name(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_name_character(text[size], size == 0)) ++size;
  const auto name = text.substr(0, size);
  text.remove_prefix(size);
  return name;
}

using value_or_problem = base::result<std::string, std::string>;

value_or_problem problem(std::string_view message) { return {boost::system::in_place_error, message}; }
value_or_problem value_of(std::string value) { return {boost::system::in_place_value, std::move(value)}; }

/// After a closing quote only blanks and a comment may follow.
bool is_rest_of_line(std::string_view rest) {
  const bool apart = rest.empty() || is_blank(rest.front());
  skip_blanks(rest);
  return rest.empty() || (apart && rest.front() == '#');
}

value_or_problem single_quoted(std::string_view text) {
  const auto end = text.find('\'');
  if (end == text.npos) return problem("the closing ' is missing (a value ends on its line)");
  if (!is_rest_of_line(text.substr(end + 1))) return problem("only a comment may follow the closing '");
  return value_of(std::string{text.substr(0, end)});
}

std::optional<char> unescaped(char c) {
  switch (c) {
    case '\\':
    case '"':
    case '$': return c;
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return std::nullopt;
  }
}

value_or_problem double_quoted(std::string_view text) {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (!is_rest_of_line(text.substr(i + 1))) return problem("only a comment may follow the closing \"");
      return value_of(std::move(value));
    }
    if (text[i] == '\\') {
      const auto plain = i + 1 < text.size() ? unescaped(text[++i]) : std::nullopt;
      if (!plain)
        return problem(R"(after \ only \ " $ n r t may follow inside double quotes; single quotes take \ as it is)");
      value += *plain;
      continue;
    }
    if (text.substr(i).starts_with("${"))
      return problem("${…} is not expanded: write the value itself, or \\$ for a dollar");
    value += text[i];
  }
  return problem("the closing \" is missing (a value ends on its line)");
}

value_or_problem bare(std::string_view text) {
  if (!text.empty() && is_blank(text.front())) {
    // `NAME=   # comment` is an empty value; anything else is read differently by every tool.
    skip_blanks(text);
    if (text.empty() || text.front() == '#') return value_of({});
    return problem("a blank follows the =: remove it, or put the value in quotes");
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '#' && is_blank(text[i - 1])) text = text.substr(0, i);
  }
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.find_first_of("'\"\\`") != text.npos) {
    return problem(
        "quotes and backslashes inside a bare value are read differently by every tool: put the whole value in "
        "single quotes");
  }
  if (text.find("${") != text.npos || text.find("$(") != text.npos) {
    return problem("${…} is not expanded: write the value itself, or put it in single quotes");
  }
  return value_of(std::string{text});
}

value_or_problem take_value(std::string_view text) {
  if (text.starts_with('\'')) return single_quoted(text.substr(1));
  if (text.starts_with('"')) return double_quoted(text.substr(1));
  return bare(text);
}

bool has_control_characters(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 127; });
}

/// The entry of a line, nothing when it has none; what is wrong goes to `message`.
std::optional<env_entry> read_line(std::string_view line, std::string& message) {
  if (!base::is_clean_utf8(line)) {
    message = "is not UTF-8 text";
    return std::nullopt;
  }
  if (has_control_characters(line)) {
    message = "has control characters";
    return std::nullopt;
  }
  skip_blanks(line);
  if (line.empty() || line.front() == '#') return std::nullopt;
  auto name = take_name(line);
  if (name == "export" && !line.empty() && is_blank(line.front())) {
    skip_blanks(line);
    name = take_name(line);
  }
  if (name.empty()) {
    message = "must be NAME=value, where a name is of letters, digits and _";
    return std::nullopt;
  }
  if (!line.starts_with('=')) {
    message = std::string{name} + " must be followed directly by = and its value";
    return std::nullopt;
  }
  const auto value = take_value(line.substr(1));
  if (!value) {
    message = fmt::format("{}: {}", name, value.error());
    return std::nullopt;
  }
  return env_entry{std::string{name}, *value, 0};
}

}  // namespace

base::result<std::vector<env_entry>, std::vector<env_problem>> parse_env(std::string_view text) {
  std::vector<env_problem> problems;
  if (text.size() > max_env_file_size) {
    problems.push_back({1, fmt::format("the file is larger than {} bytes", max_env_file_size)});
    return problems;
  }
  std::vector<env_entry> entries;
  std::map<std::string, int> line_of;
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::string message;
    auto entry = read_line(line, message);
    if (entry) {
      entry->line = number;
      const auto [first, is_new] = line_of.emplace(entry->name, number);
      if (!is_new) message = fmt::format("{} was already given in line {}", entry->name, first->second);
    }
    if (!message.empty()) {
      problems.push_back({number, std::move(message)});
    } else if (entry) {
      entries.push_back(std::move(*entry));
    }
  }
  if (!problems.empty()) return problems;
  return entries;
}

std::string quoted_for_env(std::string_view value) {
  std::string made = "\"";
  for (const char c : value) {
    switch (c) {
      case '\\':
      case '"':
      case '$':
        made += '\\';
        made += c;
        break;
      case '\n': made += "\\n"; break;
      case '\r': made += "\\r"; break;
      case '\t': made += "\\t"; break;
      default: made += c;
    }
  }
  return made += '"';
}

}  // namespace pulse::config
