#include "sandbox/linkedin/text.hpp"

#include <algorithm>

namespace pulse::sandbox::linkedin {

namespace {

bool is_reserved(char c) {
  switch (c) {
    case '|':
    case '{':
    case '}':
    case '@':
    case '[':
    case ']':
    case '(':
    case ')':
    case '<':
    case '>':
    case '#':
    case '\\':
    case '*':
    case '_':
    case '~': return true;
    default: return false;
  }
}

bool take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

/// Removes and returns literal text up to the first unescaped `end`, and removes `end`; nothing if another reserved
/// character comes first or `end` never comes.
std::optional<std::string> take_literal(std::string_view& text, char end) {
  std::string literal;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == end) return literal;
    if (c == '\\') {
      if (text.empty() || !is_reserved(text.front())) return std::nullopt;
      literal += text.front();
      text.remove_prefix(1);
    } else if (is_reserved(c)) {
      return std::nullopt;
    } else {
      literal += c;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> shown_text(std::string_view commentary) {
  std::string shown;
  auto rest = commentary;
  while (!rest.empty()) {
    if (take(rest, "{hashtag|\\#|")) {
      const auto word = take_literal(rest, '}');
      if (!word || word->empty()) return std::nullopt;
      shown += '#' + *word;
    } else if (take(rest, "@[")) {
      const auto name = take_literal(rest, ']');
      if (!name || !take(rest, "(")) return std::nullopt;
      const auto urn = take_literal(rest, ')');
      if (!urn || !urn->starts_with("urn:li:")) return std::nullopt;
      shown += *name;
    } else if (take(rest, "\\")) {
      if (rest.empty() || !is_reserved(rest.front())) return std::nullopt;
      shown += rest.front();
      rest.remove_prefix(1);
    } else if (rest.front() != '#' && is_reserved(rest.front())) {
      return std::nullopt;
    } else {
      shown += rest.front();
      rest.remove_prefix(1);
    }
  }
  return shown;
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace pulse::sandbox::linkedin
