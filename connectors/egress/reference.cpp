#include "connectors/egress/reference.hpp"

#include <algorithm>
#include <optional>

#include "base/percent.hpp"

namespace pulse::connectors {

namespace {

/// The parts of an address; what is not there differs from what is empty.
struct parts {
  std::string scheme;  // empty: none
  std::optional<std::string> authority;
  std::string path;
  std::optional<std::string> query;
};

bool is_scheme(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

/// RFC 3986 appendix B.
parts split(std::string_view text) {
  parts made;
  text = text.substr(0, text.find('#'));
  if (const auto colon = text.find_first_of(":/?");
      colon != text.npos && text[colon] == ':' && is_scheme(text.substr(0, colon))) {
    made.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    made.authority = text.substr(0, end);
    text.remove_prefix(end);
  }
  const auto question = text.find('?');
  made.path = text.substr(0, question);
  if (question != text.npos) made.query = text.substr(question + 1);
  return made;
}

/// §5.2.4
std::string without_dots(std::string_view input) {
  std::string output;
  const auto drop_last = [&output] { output.resize(output.rfind('/') == output.npos ? 0 : output.rfind('/')); };
  while (!input.empty()) {
    if (input.starts_with("../")) {
      input.remove_prefix(3);
    } else if (input.starts_with("./")) {
      input.remove_prefix(2);
    } else if (input.starts_with("/./")) {
      input.remove_prefix(2);
    } else if (input == "/.") {
      input = "/";
    } else if (input.starts_with("/../")) {
      input.remove_prefix(3);
      drop_last();
    } else if (input == "/..") {
      input = "/";
      drop_last();
    } else if (input == "." || input == "..") {
      break;
    } else {
      const auto end = std::min(input.find('/', 1), input.size());
      output += input.substr(0, end);
      input.remove_prefix(end);
    }
  }
  return output;
}

/// §5.2.3
std::string merged(const parts& base, std::string_view path) {
  if (base.authority && base.path.empty()) return "/" + std::string{path};
  const auto slash = base.path.rfind('/');
  return base.path.substr(0, slash == base.path.npos ? 0 : slash + 1) + std::string{path};
}

/// §5.3
std::string joined(const parts& from) {
  std::string text;
  if (!from.scheme.empty()) text += from.scheme + ":";
  if (from.authority) text += "//" + *from.authority;
  text += from.path;
  if (from.query) text += "?" + *from.query;
  return text;
}

}  // namespace

std::string resolve_reference(std::string_view base, std::string_view reference) {
  const auto at = split(base);
  auto to = split(reference);
  if (!to.scheme.empty() || to.authority) {
    to.path = without_dots(to.path);
  } else {
    if (to.path.empty()) {
      to.path = at.path;
      if (!to.query) to.query = at.query;
    } else {
      to.path = without_dots(to.path.starts_with('/') ? to.path : merged(at, to.path));
    }
    to.authority = at.authority;
  }
  if (to.scheme.empty()) to.scheme = at.scheme;
  return joined(to);
}

std::string escape_reference(std::string_view reference) {
  const auto is_control_or_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!reference.empty() && is_control_or_blank(reference.front())) reference.remove_prefix(1);
  while (!reference.empty() && is_control_or_blank(reference.back())) reference.remove_suffix(1);
  std::string straight;
  bool is_path = true;
  for (const char c : reference) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    is_path = is_path && c != '?' && c != '#';
    straight += c == '\\' && is_path ? '/' : c;
  }
  // What is escaped already stays; Boost.URL's encode may not be given the percent sign to keep.
  std::string escaped;
  for (std::string_view rest{straight};;) {
    const auto sign = rest.find('%');
    escaped += base::percent_encoded(rest.substr(0, sign), "!#$&'()*+,/:;=?@[]");
    if (sign == std::string_view::npos) return escaped;
    escaped += '%';
    rest.remove_prefix(sign + 1);
  }
}

}  // namespace pulse::connectors
