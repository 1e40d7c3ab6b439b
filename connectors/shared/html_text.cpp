#include "connectors/shared/html_text.hpp"

#include <utility>

#include "domain/platforms/unicode.hpp"

namespace pulse::connectors {

namespace {

/// "&amp;" and its like from `at`, moved on past it; the sign itself when it is none.
void append_entity(std::string_view html, std::size_t& at, std::string& text) {
  constexpr std::size_t longest = 10;
  const auto end = html.find(';', at);
  if (end == html.npos || end - at > longest) {
    text += html[at++];
    return;
  }
  const auto name = html.substr(at + 1, end - at - 1);
  at = end + 1;
  constexpr std::pair<std::string_view, std::string_view> named[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xc2\xa0"}};
  for (const auto& [word, sign] : named) {
    if (name == word) {
      text += sign;
      return;
    }
  }
  if (!name.starts_with('#')) return;
  const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
  char32_t sign = 0;
  for (const char c : name.substr(is_hex ? 2 : 1)) {
    const int digit = c >= '0' && c <= '9'                               ? c - '0'
                      : is_hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                                         : -1;
    if (digit < 0 || sign > 0x10ffff) return;
    sign = sign * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  const bool is_sign = sign > 0 && sign <= 0x10ffff && !(sign >= 0xd800 && sign <= 0xdfff);
  if (is_sign) text += domain::to_utf8(std::u32string(1, sign));
}

}  // namespace

std::string plain_text(std::string_view html) {
  std::string text;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '&') {
      append_entity(html, at, text);
      continue;
    }
    if (html[at] != '<') {
      text += html[at++];
      continue;
    }
    const auto rest = html.substr(at);
    if (rest.starts_with("<br")) text += '\n';
    if (rest.starts_with("<p") && !text.empty()) text += "\n\n";
    const auto end = html.find('>', at);
    at = end == html.npos ? html.size() : end + 1;
  }
  return text;
}

}  // namespace pulse::connectors
